import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { annotationsQuery, removeAnnotation } from "../api/annotations.ts";
import { dayText } from "../text/dates.ts";
import { useTexts } from "../text/texts.tsx";
import classes from "./annotations.module.css";
import type { ShownAnnotations } from "./use-annotations.ts";

/**
 * What the letters in a chart stand for.
 *
 * @param props the annotations of its days
 */
export function AnnotationList({ annotations }: { readonly annotations: ShownAnnotations }) {
  const { t, locale } = useTexts();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: removeAnnotation,
    onSuccess: () => client.invalidateQueries({ queryKey: annotationsQuery.queryKey }),
  });
  if (annotations.list.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t("annotation.list")}>
      {annotations.list.map(({ letter, annotation }) => (
        <li key={annotation.id}>
          <span className={classes.letter}>{letter}</span>
          <span className="muted numbers">{dayText(annotation.from, locale)}</span>
          <bdi>{annotation.text}</bdi>
          <span className="muted small">{t(`annotation.kind.${annotation.kind}`)}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("annotation.remove", { text: annotation.text })}
            onClick={() => remove.mutate(annotation.id)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
