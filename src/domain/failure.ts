/**
 * Something that a person can mend: a bad file, a value out of range, a lost worker.
 * Everything else is a defect and keeps its own class and stack.
 */
export class Failure extends Error {
  override readonly name = "Failure";

  /**
   * @param code   stable, machine-readable, kebab-case (`header-syntax`, `signal-truncated`, `worker-lost`)
   * @param message what is wrong, in one sentence
   * @param place  where: file, line, byte, field or parameter
   * @param remedy what the person can do about it
   */
  constructor(
    readonly code: string,
    message: string,
    readonly place: string,
    readonly remedy: string,
  ) {
    super(message);
  }

  /** One line for a terminal or a notification. */
  describe(): string {
    return `${this.place}: ${this.message} ${this.remedy}`;
  }
}
