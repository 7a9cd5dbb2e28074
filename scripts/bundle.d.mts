export function bundle(entry: string, name?: string): Promise<string>;
export function buildPage(input: string): Promise<string>;
