import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./choice.module.css";

/** One thing to choose. */
export interface Option {
  readonly id: string;
  readonly text: string;
  readonly about?: string;
}

/**
 * A control of the bar: what is chosen now, and a menu of what else there is.
 *
 * @param props its name, the options, the one chosen
 */
export function Choice({
  name,
  icon,
  value,
  shown,
  options,
  onChoose,
}: {
  readonly name: string;
  readonly icon?: ReactNode;
  readonly value: string;
  readonly shown: string;
  readonly options: readonly Option[];
  readonly onChoose: (id: string) => void;
}) {
  return (
    <Menu>
      <Menu.Target>
        <button type="button" className={classes.control}>
          {icon}
          <span className="unseen">{name}: </span>
          {shown}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" className={classes.menu}>
        <Menu.Label>{name}</Menu.Label>
        {options.map(({ id, text, about }) => (
          <Menu.Item
            key={id}
            aria-current={id === value}
            rightSection={id === value ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => onChoose(id)}
          >
            {text}
            {about ? <span className={classes.about}>{about}</span> : null}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
