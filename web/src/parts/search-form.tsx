import { useEffect, useId, useState } from "preact/hooks";
import { useWords } from "../i18n/words";
import { Icon } from "./icon";

type Props = {
  value: string;
  label: string;
  placeholder: string;
  search: (text: string) => void;
  class?: string;
};

/** One line to search with. */
export function SearchForm({ value, label, placeholder, search, class: name = "" }: Props) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form
      class={`search ${name}`}
      role="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        search(text.trim());
      }}
    >
      <label class="sr-only" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="search"
        value={text}
        placeholder={placeholder}
        maxLength={100}
        enterkeyhint="search"
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" aria-label={words.search.submit}>
        <Icon name="search" />
      </button>
    </form>
  );
}
