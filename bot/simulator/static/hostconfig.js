// How cards look: Webex's measures. Colours are CSS variables, so that light and dark need no second drawing.

const pair = (name) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` });

const foregroundColors = {
  default: pair("text"),
  dark: pair("dark"),
  light: pair("light"),
  accent: pair("accent"),
  good: pair("good"),
  warning: pair("warning"),
  attention: pair("attention"),
};

const font = (fontFamily) => ({
  fontFamily,
  fontSizes: { small: 13, default: 15, medium: 17, large: 20, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
});

const container = (name) => ({ backgroundColor: `var(--card-${name}-background)`, foregroundColors });

export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: "var(--font)",
  fontTypes: { default: font("var(--font)"), monospace: font("var(--card-mono)") },
  lineHeights: { small: 18, default: 21, medium: 24, large: 27, extraLarge: 31 },
  spacing: { small: 4, default: 12, medium: 12, large: 12, extraLarge: 16, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--card-line)" },
  imageSizes: { small: 40, medium: 80, large: 160 },
  imageSet: { imageSize: "medium", maxImageHeight: 100 },
  containerStyles: {
    default: container("default"),
    emphasis: container("emphasis"),
    good: container("good"),
    accent: container("accent"),
    warning: container("warning"),
    attention: container("attention"),
  },
  actions: {
    maxActions: 5,
    spacing: "default",
    buttonSpacing: 8,
    showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { color: "default", size: "default", isSubtle: false, weight: "bolder", wrap: true, maxWidth: 150 },
    value: { color: "default", size: "default", isSubtle: false, weight: "default", wrap: true },
    spacing: 10,
  },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "default", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "default" },
    },
    errorMessage: { color: "attention", spacing: "small", weight: "default", size: "small" },
  },
};
