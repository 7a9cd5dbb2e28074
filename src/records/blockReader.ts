import { Reader } from "@zip.js/zip.js";

/** Bytes that are read at once: a browser takes about as long for a few bytes of a file as for a million. */
const blockSize = 1024 ** 2;
/** Blocks that are kept, the least recently used going first. */
const keptBlocks = 12;

/** Reads a blob in large blocks, of which only a few are in memory at a time. */
export class BlockReader extends Reader<Blob> {
  private readonly blocks = new Map<number, Promise<Uint8Array>>();

  constructor(private readonly blob: Blob) {
    super(blob);
  }

  override async init(): Promise<void> {
    this.size = this.blob.size;
    await super.init?.();
  }

  /** A copy of `length` bytes from `index` on, fewer at the end of the blob. */
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const end = Math.min(index + length, this.blob.size);
    // What is larger than the blocks that are kept would only push them out.
    if (end - index > blockSize) return this.read(index, end);
    const bytes = new Uint8Array(Math.max(0, end - index));
    for (let at = index; at < end; ) {
      const number = Math.floor(at / blockSize);
      const block = await this.block(number);
      const from = at - number * blockSize;
      const part = block.subarray(from, Math.min(block.length, from + end - at));
      if (part.length === 0) break;
      bytes.set(part, at - index);
      at += part.length;
    }
    return bytes;
  }

  private block(number: number): Promise<Uint8Array> {
    const block =
      this.blocks.get(number) ??
      this.read(number * blockSize, Math.min(this.blob.size, (number + 1) * blockSize));
    this.blocks.delete(number);
    this.blocks.set(number, block);
    // What could not be read is asked for again the next time.
    block.catch(() => this.blocks.delete(number));
    const [oldest] = this.blocks.keys();
    if (this.blocks.size > keptBlocks && oldest !== undefined) this.blocks.delete(oldest);
    return block;
  }

  private async read(from: number, to: number): Promise<Uint8Array> {
    return new Uint8Array(await this.blob.slice(from, to).arrayBuffer());
  }
}
