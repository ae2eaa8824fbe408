import Combobox from "@github/combobox-nav";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../components/icon";
import { keywordOfLayout } from "../components/keyword-suggestions";
import { Modal } from "../components/modal";
import { MAX_KEYWORD_LENGTH, searchedText } from "../format/keywords";
import { useTranslations } from "../i18n";
import { navigate } from "../router/location";
import { urls } from "../router/urls";
import { SearchOptions } from "./search-options";

const IS_MAC = navigator.userAgent.includes("Macintosh");
const SHORTCUT = IS_MAC ? "⌘K" : "Ctrl K";

/** Opens the search over keywords, channels and pages, also by Ctrl+K or ⌘K. */
export function HeaderSearch() {
  const { headerSearch: t } = useTranslations();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey) return;
      if (event.metaKey === event.ctrlKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        class="tool search-button"
        // Contains the visible text, by which voice control selects the button.
        aria-label={`${t.open}: ${t.placeholder} ${SHORTCUT}`}
        aria-keyshortcuts={IS_MAC ? "Meta+K" : "Control+K"}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" />
        <span aria-hidden="true">{t.placeholder}</span>
        <kbd aria-hidden="true">{SHORTCUT}</kbd>
      </button>
      {isOpen && <SearchDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** A modal dialog with a combobox, whose options are links. */
function SearchDialog({ onClose }: { onClose: () => void }) {
  const { headerSearch: t } = useTranslations();
  return (
    <Modal class="search-dialog" label={t.open} onClose={onClose}>
      {(close) => <SearchCombobox onClose={close} />}
    </Modal>
  );
}

function SearchCombobox({ onClose }: { onClose: () => void }) {
  const { headerSearch: t } = useTranslations();
  const id = useId();
  const { input, list } = useCombobox();
  const [text, setText] = useState("");
  return (
    <>
      <SearchField input={input} text={text} onInput={setText} onClose={onClose} />
      {/* Enter on an option arrives as a click. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        ref={list}
        id={`${id}-options`}
        class="search-options"
        role="listbox"
        tabIndex={-1}
        aria-label={t.options}
        // The click also navigates, see interceptLinkClicks().
        onClick={(event) => {
          if ((event.target as Element).closest("a")) onClose();
        }}
      >
        <SearchOptions text={searchedText(text)} />
      </div>
    </>
  );
}

/** Lets the keys of the input select in the list. */
function useCombobox() {
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!input.current || !list.current) return;
    const combobox = new Combobox(input.current, list.current, { tabInsertsSuggestions: false });
    combobox.start();
    return () => combobox.destroy();
  }, []);
  return { input, list };
}

type FieldProps = {
  input: { current: HTMLInputElement | null };
  text: string;
  onInput: (text: string) => void;
  onClose: () => void;
};

function SearchField({ input, text, onInput, onClose }: FieldProps) {
  const { headerSearch: t } = useTranslations();
  return (
    <form
      role="search"
      aria-label={t.open}
      onSubmit={(event) => {
        event.preventDefault();
        const searched = searchedText(text);
        if (!searched) return;
        onClose();
        void keywordOfLayout(searched).then((keyword) => navigate(urls.keyword(keyword)));
      }}
    >
      <Icon name="search" />
      {/* Focused by showModal(). */}
      <input
        ref={input}
        type="text"
        value={text}
        aria-label={t.placeholder}
        placeholder={t.placeholder}
        maxLength={MAX_KEYWORD_LENGTH}
        enterkeyhint="search"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <button type="button" aria-label={t.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </form>
  );
}
