import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Notification,
} from "@mantine/core";

/** The red of ECG paper, from the palest line to ink; shade 7 keeps 4.5 : 1 on white. */
const paperRed: MantineColorsTuple = [
  "#fff0f1",
  "#fbdfe1",
  "#f1bdc1",
  "#e8989f",
  "#e07982",
  "#d95f6a",
  "#c93f4d",
  "#b5303f",
  "#9a2533",
  "#7d1a27",
];

export const theme = createTheme({
  primaryColor: "paperRed",
  primaryShade: { light: 7, dark: 6 },
  colors: { paperRed },
  autoContrast: true,
  luminanceThreshold: 0.36,
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  defaultRadius: "md",
  respectReducedMotion: true,
  headings: { fontWeight: "650" },
  components: {
    // Coloured words on their own pale colour miss 4.5 : 1; the ground alone tells the colour.
    Badge: Badge.extend({
      vars: (_, { variant }) => ({
        root: variant === "light" ? { "--badge-color": "var(--mantine-color-text)" } : {},
      }),
    }),
    // A button of a cross needs a name, and the grey of messages more contrast.
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": "Close" } },
      styles: { description: { color: "var(--mantine-color-dimmed)" } },
    }),
  },
});

/** Mantine's dimmed text misses 4.5 : 1 in both schemes; these do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b636b",
    "--mantine-color-placeholder": "#6b737b",
    "--mantine-color-body": "#fbfaf9",
  },
  dark: { "--mantine-color-dimmed": "#a8aeb4", "--mantine-color-placeholder": "#979ea5" },
});
