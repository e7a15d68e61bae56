// A ZIP file whose files are stored as they are (PKWARE APPNOTE 6.3.10): nothing is compressed, so
// that an original is in it bit for bit. Up to 4 GiB and 65,535 files.
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8 = 0x0800;
const PIECE = 1 << 20; // bytes read at once
const MOST = 0xffffffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, nth) => {
  let value = nth;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc(bytes, before = 0) {
  let value = ~before;
  for (const octet of bytes) value = TABLE[(value ^ octet) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

async function crcOf(blob) {
  let value = 0;
  for (let at = 0; at < blob.size; at += PIECE) {
    value = crc(new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer()), value);
  }
  return value;
}

function record(numbers, name) {
  const size = numbers.reduce((sum, [bytes]) => sum + bytes, 0);
  const made = new Uint8Array(size + name.length);
  const view = new DataView(made.buffer);
  let at = 0;
  for (const [bytes, value] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  made.set(name, size);
  return made;
}

// Return a ZIP as a Blob of `files`, each `{ name, blob, at }`; `at` is a Date.
export async function zipped(files) {
  const parts = [];
  const listed = [];
  let offset = 0;
  for (const { name, blob, at } of files) {
    const told = new TextEncoder().encode(name);
    const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
    const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
    const common = [
      [2, 20], [2, UTF8], [2, 0], [2, time], [2, date],
      [4, await crcOf(blob)], [4, blob.size], [4, blob.size], [2, told.length], [2, 0],
    ];
    const head = record([[4, LOCAL], ...common], told);
    parts.push(head, blob);
    listed.push(record([[4, CENTRAL], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], told));
    offset += head.length + blob.size;
    if (offset > MOST) throw new RangeError("a ZIP of this form holds 4 GiB");
  }
  const size = listed.reduce((sum, each) => sum + each.length, 0);
  const end = [[4, END], [2, 0], [2, 0], [2, listed.length], [2, listed.length], [4, size], [4, offset], [2, 0]];
  return new Blob([...parts, ...listed, record(end, new Uint8Array())], { type: "application/zip" });
}
