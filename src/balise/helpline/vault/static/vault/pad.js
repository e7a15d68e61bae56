/**
 * The sizes of what leaves the device: the next of 16 KiB, 64 KiB, 256 KiB, 1 MiB, then whole MiB, so
 * that a server learns the step and not the size. The padding is zeros after the sealed file; the true
 * size is in the sealed list of the backup.
 */
const KIB = 1024;
const MIB = KIB * KIB;
const STEPS = [16 * KIB, 64 * KIB, 256 * KIB, MIB];

/** Return the padded size of so many bytes. */
export function paddedSize(bytes) {
  return STEPS.find((step) => bytes <= step) ?? Math.ceil(bytes / MIB) * MIB;
}

/** Return a Blob with zeros up to its padded size. */
export function padded(blob) {
  const missing = paddedSize(blob.size) - blob.size;
  return missing ? new Blob([blob, new Uint8Array(missing)]) : blob;
}

/** Return a padded Blob at its true size again; throw RangeError where it is shorter than that. */
export function unpadded(blob, size) {
  if (blob.size < size) throw new RangeError("shorter than it was");
  return blob.slice(0, size);
}
