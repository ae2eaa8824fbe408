import { useState } from "preact/hooks";
import { fetchCsv } from "../api/client";
import type { ApiQuery } from "../api/query";
import { useTranslations } from "../i18n";
import { Icon } from "./icon";

type Props = {
  /** A list whose path also returns CSV, with the rows of all pages. */
  query: ApiQuery<unknown>;
  fileName: string;
};

/** Downloads a list as CSV. A link cannot: the API selects the format by the `Accept` header. */
export function CsvButton({ query: { url }, fileName }: Props) {
  const { csv } = useTranslations();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const download = () => {
    setState("busy");
    fetchCsv(url)
      .then((blob) => {
        saveAs(blob, fileName);
        setState("idle");
      })
      .catch(() => setState("failed"));
  };
  return (
    <span class="csv">
      <button
        type="button"
        class="button button-quiet button-small"
        disabled={state === "busy"}
        onClick={download}
      >
        <Icon name="download" />
        {csv.download}
      </button>
      <span class="field-error" role="status">
        {state === "failed" ? csv.failed : ""}
      </span>
    </span>
  );
}

/** Saves a file that the page has created. */
export function saveAs(blob: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.target = "_blank";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
