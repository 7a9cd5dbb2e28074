/** Reads whole numbers of any width, the highest bit first. */
export class BitReader {
  /** Bits from the start. */
  position: number;

  constructor(
    private readonly bytes: Uint8Array,
    startByte = 0,
  ) {
    this.position = 8 * startByte;
  }

  /** An unsigned number of up to 32 bits. @throws RangeError at the end of the bytes */
  read(width: number): number {
    let value = 0;
    for (let left = width; left > 0; ) {
      const byte = this.bytes[this.position >> 3];
      if (byte === undefined) throw new RangeError("it ends too early");
      const available = 8 - (this.position & 7);
      const take = Math.min(left, available);
      value = value * 2 ** take + ((byte >> (available - take)) & ((1 << take) - 1));
      this.position += take;
      left -= take;
    }
    return value;
  }

  /** A number in two's complement. */
  readSigned(width: number): number {
    if (width === 0) return 0;
    const value = this.read(width);
    return value >= 2 ** (width - 1) ? value - 2 ** width : value;
  }

  /** Zeros before the next one, which is read as well. */
  readUnary(): number {
    let count = 0;
    for (;;) {
      const byte = this.bytes[this.position >> 3];
      if (byte === undefined) throw new RangeError("it ends too early");
      const rest = (byte << (this.position & 7)) & 0xff;
      if (rest !== 0) {
        const zeros = Math.clz32(rest) - 24;
        this.position += zeros + 1;
        return count + zeros;
      }
      const skipped = 8 - (this.position & 7);
      count += skipped;
      this.position += skipped;
    }
  }

  /** Goes on to the next whole byte. @returns its index */
  align(): number {
    this.position = Math.ceil(this.position / 8) * 8;
    return this.position / 8;
  }
}
