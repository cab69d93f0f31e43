import { Drawer, type DrawerProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { useT } from "../text/texts.tsx";

/**
 * A page that slides in over the screen. It opens once it stands, so that it knows where the focus came from and gives it back.
 *
 * @param props as the kit's drawer takes them
 */
export function Sheet({ opened, ...props }: DrawerProps) {
  const t = useT();
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(opened), [opened]);
  return (
    <Drawer {...props} opened={isShown} closeButtonProps={{ "aria-label": t("frame.close") }} />
  );
}
