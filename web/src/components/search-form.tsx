import Combobox from "@github/combobox-nav";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { keywordKey, MAX_KEYWORD_LENGTH, searchedText } from "../format/keywords";
import { useTranslations } from "../i18n";
import { Icon } from "./icon";
import { useKeywordSuggestions } from "./keyword-suggestions";

type Props = {
  value: string;
  label: string;
  placeholder: string;
  onSearch: (text: string) => void;
  /** Suggests keywords while typing. */
  hasSuggestions?: boolean;
  /** Keywords that are not suggested, in any spelling. */
  excluded?: string[];
  class?: string;
};

/** The type `search` does not allow the role of a combobox. */
const COMBOBOX = { type: "text" } as const;
const SEARCH_BOX = { type: "search" } as const;

export function SearchForm({ hasSuggestions = false, excluded, ...props }: Props) {
  const { value, label, placeholder, onSearch, class: name = "" } = props;
  const { text, setText, isOpen, setOpen, search } = useSearchText(value, onSearch);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const toSearched = (typed: string) => (hasSuggestions ? searchedText(typed) : typed.trim());
  return (
    <form
      class={`search ${name}`}
      role="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        search(toSearched(text));
      }}
    >
      <label class="sr-only" htmlFor={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        {...(hasSuggestions ? COMBOBOX : SEARCH_BOX)}
        value={text}
        placeholder={placeholder}
        maxLength={MAX_KEYWORD_LENGTH}
        enterkeyhint="search"
        autocomplete="off"
        // Also during the composition of a syllable.
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setOpen(false);
        }}
        onBlur={() => setOpen(false)}
      />
      <SubmitButton />
      {hasSuggestions && (
        <Suggestions
          input={input}
          label={label}
          text={isOpen ? toSearched(text) : ""}
          excluded={excluded}
          onSelect={(keyword) => {
            setText(keyword);
            search(keyword);
          }}
        />
      )}
    </form>
  );
}

/** The typed text, which follows `value`, and whether its suggestions are open. */
function useSearchText(value: string, onSearch: Props["onSearch"]) {
  const [text, setText] = useState(value);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setText(value), [value]);
  const search = (keyword: string) => {
    setOpen(false);
    onSearch(keyword);
  };
  return { text, setText, isOpen, setOpen, search };
}

function SubmitButton() {
  const { search } = useTranslations();
  return (
    <button type="submit" aria-label={search.submit}>
      <Icon name="search" />
    </button>
  );
}

type SuggestionsProps = {
  input: { current: HTMLInputElement | null };
  label: string;
  /** Nothing is suggested for an empty text. */
  text: string;
  excluded?: string[] | undefined;
  onSelect: (keyword: string) => void;
};

/** The list of a combobox, in which arrow keys select. */
function Suggestions({ input, label, text, excluded = [], onSelect }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const excludedKeys = excluded.map(keywordKey);
  const names = useKeywordSuggestions(text)
    .map(({ keyword }) => keyword)
    .filter((name) => name !== text && !excludedKeys.includes(keywordKey(name)));
  const isShown = text !== "" && names.length > 0;
  useEffect(() => {
    if (!input.current || !list.current) return;
    const combobox = new Combobox(input.current, list.current, { tabInsertsSuggestions: false });
    // Also while the list is hidden: it ignores keys during a composition.
    combobox.start();
    return () => combobox.destroy();
  }, [input]);
  useEffect(() => input.current?.setAttribute("aria-expanded", String(isShown)), [input, isShown]);
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      class="search-suggestions"
      tabIndex={-1}
      hidden={!isShown}
      // The input keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {names.map((name) => (
        // Enter on an option arrives as a click.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={name}
          role="option"
          aria-selected={false}
          tabIndex={-1}
          class="search-option"
          onClick={() => onSelect(name)}
        >
          {name}
        </div>
      ))}
    </div>
  );
}
