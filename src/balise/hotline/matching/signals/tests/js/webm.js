// Films in WebM without waiting for their length: VP8 frames of WebCodecs in the boxes of Matroska.

const utf8 = (text) => new TextEncoder().encode(text);

function number(value, count = Math.max(1, Math.ceil(Math.log2(value + 1) / 8))) {
  return Uint8Array.from({ length: count }, (_, at) => Math.floor(value / 256 ** (count - 1 - at)) % 256);
}

function real(value) {
  const octets = new Uint8Array(8);
  new DataView(octets.buffer).setFloat64(0, value);
  return octets;
}

/** Return a box: its id in hexadecimal digits, its length, and its parts one after the other. */
function box(id, ...parts) {
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  const length = number(count, 8);
  length[0] = 1;
  const made = new Uint8Array(id.length / 2 + 8 + count);
  made.set(id.match(/../g).map((digits) => parseInt(digits, 16)));
  made.set(length, id.length / 2);
  let at = id.length / 2 + 8;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

/** Return the film as a Blob; each of its frames is whole in itself. */
export async function film({ width, height, at, seconds, draw, codec = "vp8" }) {
  const canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext("2d");
  const frames = [];
  const encoder = new VideoEncoder({
    output(chunk) {
      const octets = new Uint8Array(chunk.byteLength);
      chunk.copyTo(octets);
      frames.push({ octets, time: chunk.timestamp / 1000, isKey: chunk.type === "key" });
    },
    error(fault) {
      throw fault;
    },
  });
  encoder.configure({ codec, width, height, bitrate: 4_000_000 });
  for (const second of at) {
    draw(brush, Math.floor(second));
    const frame = new VideoFrame(canvas, { timestamp: second * 1e6 });
    encoder.encode(frame, { keyFrame: Number.isInteger(second) });
    frame.close();
    while (encoder.encodeQueueSize > 8) await new Promise((done) => encoder.addEventListener("dequeue", done, { once: true }));
  }
  await encoder.flush();
  const head = box(
    "1a45dfa3",
    box("4286", number(1)), box("42f7", number(1)), box("42f2", number(4)), box("42f3", number(8)),
    box("4282", utf8("webm")), box("4287", number(2)), box("4285", number(2)),
  );
  const info = box("1549a966", box("2ad7b1", number(1_000_000)), box("4489", real(seconds * 1000)), box("4d80", utf8("t")), box("5741", utf8("t")));
  const shown = box("e0", box("b0", number(width)), box("ba", number(height)));
  const track = box("ae", box("d7", number(1)), box("73c5", number(1)), box("83", number(1)), box("86", utf8("V_VP8")), shown);
  const clusters = frames.map(({ octets, time, isKey }) =>
    box("1f43b675", box("e7", number(Math.round(time))), box("a3", Uint8Array.of(0x81, 0, 0, isKey ? 0x80 : 0), octets)),
  );
  return new Blob([head, box("18538067", info, box("1654ae6b", track), ...clusters)], { type: "video/webm" });
}
