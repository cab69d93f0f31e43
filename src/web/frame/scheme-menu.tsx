import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useT } from "../text/texts.tsx";

const schemes = [
  { id: "light", icon: IconSun, text: "frame.light" },
  { id: "dark", icon: IconMoon, text: "frame.dark" },
  { id: "auto", icon: IconDeviceDesktop, text: "frame.system" },
] as const;

/** The choice of colours: light, dark, or as the system has it. */
export function SchemeMenu() {
  const t = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ id }) => id === colorScheme)?.icon ?? IconSun;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("frame.scheme")}>
          <Current size={20} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ id, icon: Icon, text }) => (
          <Menu.Item
            key={id}
            aria-current={id === colorScheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={id === colorScheme ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => setColorScheme(id)}
          >
            {t(text)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
