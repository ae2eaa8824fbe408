import { useEffect, useId, useState } from "preact/hooks";
import { useTranslations } from "../i18n";
import { Icon } from "./icon";

type Props = {
  value: string;
  label: string;
  placeholder: string;
  onSearch: (text: string) => void;
  class?: string;
};

export function SearchForm({ value, label, placeholder, onSearch, class: name = "" }: Props) {
  const t = useTranslations();
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
        onSearch(text.trim());
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
      <button type="submit" aria-label={t.search.submit}>
        <Icon name="search" />
      </button>
    </form>
  );
}
