/**
 * What a file is, by its first bytes; its name and the type a browser says are never believed.
 *
 *   const { type, kind, extension } = await typeOf(file);
 *
 * kind is photo, video, audio or text: the page may say screenshot of a photo. Refuses `empty`
 * (0 bytes), `program` (what runs on a machine, whatever its name), `kind-unknown`.
 */
import { Refused } from "./refused.js";

const LOOKED_AT = 4096;
const ascii = (bytes, at, count) => String.fromCharCode(...bytes.subarray(at, at + count));
const begins = (bytes, ...wanted) => wanted.every((byte, index) => bytes[index] === byte);

const BRANDS = {
  heic: "image/heic", heix: "image/heic", heim: "image/heic", heis: "image/heic", hevc: "image/heic",
  hevx: "image/heic", mif1: "image/heic", msf1: "image/heic", avif: "image/avif", "M4A ": "audio/mp4",
  "M4B ": "audio/mp4", "qt  ": "video/quicktime",
};
const EXTENSIONS = {
  "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/heic": "heic",
  "image/avif": "avif", "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm",
  "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/wav": "wav", "audio/ogg": "ogg", "application/pdf": "pdf",
  "text/plain": "txt",
};
/** The types that a browser may draw; a HEIC is kept bit for bit, and most browsers cannot show it. */
export const SHOWN = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];

/** Return {type, kind, extension} of a Blob. */
export async function typeOf(blob) {
  if (!blob.size) throw new Refused("empty");
  const bytes = new Uint8Array(await blob.slice(0, LOOKED_AT).arrayBuffer());
  const type = ofBytes(bytes);
  if (!type) throw new Refused(isProgram(bytes) ? "program" : "kind-unknown");
  return { type, kind: kindOf(type), extension: EXTENSIONS[type] };
}

/** Return the kind of an item that a type makes: photo, video, audio or text. */
export function kindOf(type) {
  const family = type.split("/")[0];
  return { image: "photo", video: "video", audio: "audio" }[family] ?? "text";
}

function ofBytes(bytes) {
  if (isProgram(bytes)) return null;
  if (begins(bytes, 0xff, 0xd8, 0xff)) return "image/jpeg";
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return "image/gif";
  if (ascii(bytes, 0, 4) === "RIFF") {
    return { WEBP: "image/webp", "WAVE": "audio/wav" }[ascii(bytes, 8, 4)] ?? null;
  }
  if (ascii(bytes, 4, 4) === "ftyp") return BRANDS[ascii(bytes, 8, 4)] ?? "video/mp4";
  if (begins(bytes, 0x1a, 0x45, 0xdf, 0xa3)) return ascii(bytes, 0, 64).includes("webm") ? "video/webm" : null;
  if (ascii(bytes, 0, 4) === "OggS") return "audio/ogg";
  if (ascii(bytes, 0, 3) === "ID3" || isMpegAudio(bytes)) return "audio/mpeg";
  if (ascii(bytes, 0, 5) === "%PDF-") return "application/pdf";
  return isText(bytes) ? "text/plain" : null;
}

function isMpegAudio(bytes) {
  const [first, second, third] = bytes;
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2;
  return isLayer3 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
}

function isProgram(bytes) {
  const start = ascii(bytes, 0, 4);
  const machO = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe];
  const word = bytes.length >= 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) : 0;
  return start.startsWith("MZ") || start === "\x7fELF" || start.startsWith("#!") || machO.includes(word);
}

function isText(bytes) {
  try {
    // The last character may be cut by the end of what is looked at.
    const words = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(words);
  } catch {
    return false;
  }
}
