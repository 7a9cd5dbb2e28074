import { version } from "../../package.json" with { type: "json" };

/** Version of the workbench, as every manifest carries it. */
export const workbenchVersion: string = version;
