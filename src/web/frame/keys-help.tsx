import { Kbd, Modal, Switch } from "@mantine/core";
import { useState } from "react";
import { useT } from "../text/texts.tsx";
import classes from "./frame.module.css";
import { areKeysOn, setKeysOn, useKeyBindings } from "./keys.ts";

const written: Readonly<Record<string, string>> = { ArrowLeft: "Left", ArrowRight: "Right" };
const nothing = () => undefined;

/**
 * Lists the keys, and switches single ones off.
 *
 * @param props how it closes
 */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const bindings = useKeyBindings(nothing);
  const [isOn, setOn] = useState(areKeysOn);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.title")}
      closeButtonProps={{ "aria-label": t("frame.close") }}
    >
      <dl className={classes.keys}>
        <div>
          <dt>
            <Kbd>Ctrl / Cmd</Kbd> <Kbd>K</Kbd>
          </dt>
          <dd>{t("keys.palette")}</dd>
        </div>
        {bindings.map(({ key, text }) => (
          <div key={key}>
            <dt>
              <Kbd>{written[key] ?? key.toUpperCase()}</Kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t("keys.single")}
        checked={isOn}
        onChange={({ currentTarget }) => {
          setKeysOn(currentTarget.checked);
          setOn(currentTarget.checked);
        }}
      />
    </Modal>
  );
}
