import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icon";
import { useTranslations } from "../../i18n";
import type { Letter } from "./draft";
import { IMAGE_TYPES, resizeImage } from "./resize-image";

type Props = {
  letter: Letter;
  /** A data URL, or empty. */
  url: string;
  error: string | undefined;
  onChange: (url: string) => void;
};

/** An image input that also accepts drag and drop and paste. */
export function ThumbnailUpload({ letter, url, error, onChange }: Props) {
  const { predict: t } = useTranslations();
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const [isDragOver, setDragOver] = useState(false);
  const [isUnsupported, setUnsupported] = useState(false);
  const addFile = (file: File | undefined) => {
    if (!file) return;
    setUnsupported(false);
    resizeImage(file).then(onChange, () => setUnsupported(true));
  };
  const addFileRef = useRef(addFile);
  addFileRef.current = addFile;

  // Pastes into the draft that has the focus, otherwise into the first one.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const [file] = event.clipboardData?.files ?? [];
      const form = element.current?.closest("form");
      const focused = document.activeElement?.closest("form") ?? null;
      const isDraftFocused = document.querySelector(".drafts")?.contains(focused) ?? false;
      if (file && (focused === form || (letter === "A" && !isDraftFocused))) {
        addFileRef.current(file);
      }
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [letter]);

  const message = isUnsupported ? t.unsupportedImage : error;
  return (
    // The file input inside is the accessible alternative to drag and drop.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="thumbnail-upload"
      data-drag-over={isDragOver ? "" : undefined}
      ref={element}
      role="group"
      aria-label={t.thumbnail}
      onDragOver={(event) => {
        event.preventDefault();
        setDragOver(true);
      }}
      onDragLeave={() => setDragOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDragOver(false);
        addFile(event.dataTransfer?.files[0]);
      }}
    >
      <label class="thumbnail-dropzone" htmlFor={id}>
        {url ? (
          <img src={url} alt={t.thumbnail} />
        ) : (
          <span class="thumbnail-hint">
            <Icon name="image" />
            {t.drop}
            <b>{t.chooseFile}</b>
          </span>
        )}
        <input
          id={id}
          class="sr-only"
          type="file"
          accept={IMAGE_TYPES.join()}
          aria-label={`${t.thumbnail}: ${t.chooseFile}`}
          aria-invalid={message !== undefined}
          onChange={(event) => {
            addFile(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      {url && (
        <button
          type="button"
          class="thumbnail-remove"
          aria-label={t.removeThumbnail}
          onClick={() => onChange("")}
        >
          <Icon name="close" />
        </button>
      )}
      <p class="field-hint">{t.thumbnailHint}</p>
      {message && (
        <p class="field-error" role="alert">
          {message}
        </p>
      )}
    </div>
  );
}
