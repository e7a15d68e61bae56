/**
 * What a picture's file says of itself in its first bytes, so that a hostile one is refused before a
 * browser opens it. Its name and the type that a browser tells are never believed.
 *
 *   const { type, width, height } = readHeader(bytes)   // null for what is no picture; sides may be 0
 */
export const LOOKED_AT = 1024 * 1024; // bytes: EXIF and profiles come before the size of a JPEG

const ascii = (bytes, at, count) => String.fromCharCode(...bytes.subarray(at, at + count));
const begins = (bytes, ...wanted) => wanted.every((octet, at) => bytes[at] === octet);
const none = { width: 0, height: 0 };

/** Return the type and the size that a file tells. */
export function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = typeOf(bytes);
  if (!type) return null;
  try {
    return { type, ...READERS[type](view, bytes) };
  } catch (fault) {
    if (fault instanceof RangeError) return { type, ...none }; // it ends before its size
    throw fault;
  }
}

function typeOf(bytes) {
  if (begins(bytes, 0xff, 0xd8, 0xff)) return "jpeg";
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return "gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 4) === "WEBP") return "webp";
  if (ascii(bytes, 0, 2) === "BM") return "bmp";
  if (ascii(bytes, 4, 4) === "ftyp" && /avif|avis|hei[cxms]|mif1|msf1/.test(ascii(bytes, 8, 32))) return "avif";
  return null;
}

const READERS = {
  jpeg(view, bytes) {
    let at = 2;
    while (at < bytes.length) {
      if (view.getUint8(at) !== 0xff) return none;
      const marker = view.getUint8(at + 1);
      if (marker === 0xff) at += 1; // filling
      else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
        return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      } else at += 2 + view.getUint16(at + 2);
    }
    return none;
  },
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  bmp: (view) => ({ width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }),
  webp(view, bytes) {
    const kind = ascii(bytes, 12, 4);
    const three = (at) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    if (kind === "VP8X") return { width: three(24) + 1, height: three(27) + 1 };
    if (kind === "VP8L") {
      const packed = view.getUint32(21, true);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  },
  // The largest of its parts: the size of the whole is made of the others in a grid.
  avif(view, bytes) {
    let found = none;
    for (let at = 0; at + 16 <= Math.min(bytes.length, 65_536); at++) {
      if (bytes[at] !== 0x69 || ascii(bytes, at, 4) !== "ispe") continue;
      const told = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (told.width * told.height > found.width * found.height) found = told;
    }
    return found;
  },
};
