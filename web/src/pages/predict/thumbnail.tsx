import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useWords } from "../../i18n/words";
import { Icon } from "../../parts/icon";
import type { Letter } from "./draft";
import { PICTURES, shrink } from "./shrink";

type Props = {
  letter: Letter;
  /** A data URL, or nothing. */
  url: string;
  problem: string | undefined;
  choose: (url: string) => void;
};

/** A place to drop, paste or choose a picture. */
export function Thumbnail({ letter, url, problem, choose }: Props) {
  const { predict: words } = useWords();
  const id = useId();
  const form = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const [isBad, setBad] = useState(false);
  const take = (file: File | undefined) => {
    if (!file) return;
    setBad(false);
    shrink(file).then(choose, () => setBad(true));
  };
  const taking = useRef(take);
  taking.current = take;

  // Into the draft where the focus is, else into the first.
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const [file] = event.clipboardData?.files ?? [];
      const home = form.current?.closest("form");
      const focused = document.activeElement?.closest("form.draft-form, form") ?? null;
      const isElsewhere = document.querySelector(".drafts")?.contains(focused) ?? false;
      if (file && (focused === home || (letter === "A" && !isElsewhere))) taking.current(file);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [letter]);

  const note = isBad ? words.badPicture : problem;
  return (
    // Dropping is for those who can; the same is done with the file chooser inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="thumbnail"
      data-over={isOver ? "" : undefined}
      ref={form}
      role="group"
      aria-label={words.thumbnail}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <label class="thumbnail-place" htmlFor={id}>
        {url ? (
          <img src={url} alt={words.thumbnail} />
        ) : (
          <span class="thumbnail-hint">
            <Icon name="picture" />
            {words.drop}
            <b>{words.choose}</b>
          </span>
        )}
        <input
          id={id}
          class="sr-only"
          type="file"
          accept={PICTURES.join()}
          aria-label={`${words.thumbnail}: ${words.choose}`}
          aria-invalid={note !== undefined}
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      {url && (
        <button
          type="button"
          class="thumbnail-remove"
          aria-label={words.remove}
          onClick={() => choose("")}
        >
          <Icon name="close" />
        </button>
      )}
      {note && (
        <p class="field-problem" role="alert">
          {note}
        </p>
      )}
    </div>
  );
}
