import { createTheme, Menu, Popover, Tooltip } from "@mantine/core";

/** Our settings of the kit; colours come from style/tokens.css. */
export const theme = createTheme({
  fontFamily: "var(--lp-sans)",
  fontFamilyMonospace: "var(--lp-mono)",
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Tooltip: Tooltip.extend({ defaultProps: { multiline: true, maw: 320, openDelay: 250 } }),
    Menu: Menu.extend({ defaultProps: { shadow: "none", position: "bottom-start" } }),
    Popover: Popover.extend({ defaultProps: { shadow: "none", position: "bottom-start" } }),
  },
});
