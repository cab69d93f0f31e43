import { Panel } from "../../page/panel.tsx";
import { useT } from "../../text/texts.tsx";
import classes from "./data.module.css";
import { topics } from "./topics.ts";

/** What an empty workspace lacks: which exports give what, and how to look around without any. */
export function Welcome() {
  const t = useT();
  return (
    <div className={classes.twin}>
      <Panel title={t("data.first")} about={t("data.first_about")}>
        <ul className={classes.list}>
          {topics.map((topic) => (
            <li key={topic}>{t(`data.topic.${topic}`)}</li>
          ))}
        </ul>
      </Panel>
      <Panel title={t("data.demo")} about={t("data.demo_about")}>
        <pre className={classes.code}>
          <code>npm start</code>
        </pre>
        <p className="muted small">{t("data.demo_own")}</p>
      </Panel>
    </div>
  );
}
