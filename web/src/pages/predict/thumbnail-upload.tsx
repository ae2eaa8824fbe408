import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icon";
import type { DraftId } from "./draft";
import { usePredictTexts } from "./predict-texts";
import { IMAGE_TYPES, resizeImage } from "./resize-image";

type Props = {
  draftId: DraftId;
  /** A data URL, or empty. */
  url: string;
  error: string | undefined;
  onChange: (url: string) => void;
};

/** An image input that also accepts drag and drop and paste. */
export function ThumbnailUpload({ draftId, url, error, onChange }: Props) {
  const t = usePredictTexts();
  const element = useRef<HTMLDivElement>(null);
  const [isUnsupported, setUnsupported] = useState(false);
  const addFile = (file: File | undefined) => {
    if (!file) return;
    setUnsupported(false);
    resizeImage(file).then(onChange, () => setUnsupported(true));
  };
  usePaste(element, draftId, addFile);
  const { isDragOver, ...dropHandlers } = useDrop(addFile);
  const message = isUnsupported ? t.unsupportedImage : error;
  return (
    // The file input inside is the accessible alternative to drag and drop.
    <div
      class="thumbnail-upload"
      data-drag-over={isDragOver ? "" : undefined}
      ref={element}
      role="group"
      aria-label={t.thumbnail}
      {...dropHandlers}
    >
      <FileInput url={url} isInvalid={message !== undefined} onFile={addFile} />
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

type FileHandler = (file: File | undefined) => void;

/** Pastes into the draft that has the focus, otherwise into the first one. */
function usePaste(element: { current: HTMLElement | null }, draftId: DraftId, onFile: FileHandler) {
  const handler = useRef(onFile);
  handler.current = onFile;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const [file] = event.clipboardData?.files ?? [];
      const form = element.current?.closest("form");
      const focused = document.activeElement?.closest("form") ?? null;
      const isDraftFocused = document.querySelector(".drafts")?.contains(focused) ?? false;
      if (file && (focused === form || (draftId === "A" && !isDraftFocused))) {
        handler.current(file);
      }
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [element, draftId]);
}

/** The handlers of an element on which a file can be dropped. */
function useDrop(onFile: FileHandler) {
  const [isDragOver, setDragOver] = useState(false);
  return {
    isDragOver,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setDragOver(true);
    },
    onDragLeave: () => setDragOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setDragOver(false);
      onFile(event.dataTransfer?.files[0]);
    },
  };
}

type InputProps = { url: string; isInvalid: boolean; onFile: FileHandler };

/** The image, or how to add one. A click selects a file. */
function FileInput({ url, isInvalid, onFile }: InputProps) {
  const t = usePredictTexts();
  const id = useId();
  return (
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
        aria-invalid={isInvalid}
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}
