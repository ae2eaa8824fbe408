import { useEffect, useState } from "preact/hooks";
import { query } from "../../api/query";
import { useApi } from "../../api/use-api";
import { useWords } from "../../i18n/words";
import { Card } from "../../parts/card";
import { TextField } from "../../parts/text-field";
import { to } from "../../router/addresses";
import { go, usePlace } from "../../router/location";
import type { Letter } from "./draft";
import { IdeaList } from "./idea-list";

type Props = { use: (letter: Letter, title: string) => void };

/** A search for thumbnails and titles that do well. */
export function Ideas({ use }: Props) {
  const { predict: words } = useWords();
  const { query: asked } = usePlace();
  const [q, must, not] = ["q", "must", "not"].map((name) => asked.get(name) ?? "") as [
    string,
    string,
    string,
  ];
  const [isAdvanced, setAdvanced] = useState(Boolean(must || not));
  const [form, setForm] = useState({ q, must, not });
  useEffect(() => setForm({ q, must, not }), [q, must, not]);
  const simple = query("/api/views_predict/simple_recommendation", {
    query: { keyword_string: q },
  });
  const advanced = query("/api/views_predict/advanced_recommendation", {
    query: { keyword_string: q, must_keyword: must, must_not_keyword: not },
  });
  const loaded = useApi(q ? (must || not ? advanced : simple) : null);
  const field = (name: keyof typeof form, label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      value={form[name]}
      maxLength={100}
      change={(text) => setForm((before) => ({ ...before, [name]: text }))}
    />
  );
  const mode = (value: boolean, label: string) => (
    <button type="button" aria-pressed={isAdvanced === value} onClick={() => setAdvanced(value)}>
      {label}
    </button>
  );
  return (
    <Card
      title={words.ideas}
      class="ideas"
      aside={
        <div class="segments">
          {mode(false, words.simple)}
          {mode(true, words.advanced)}
        </div>
      }
    >
      <form
        class="ideas-form"
        role="search"
        aria-label={words.ideas}
        onSubmit={(event) => {
          event.preventDefault();
          const { q: any, ...more } = form;
          go(to.predict({ q: any.trim(), ...(isAdvanced && more) }));
        }}
      >
        {field("q", words.words, isAdvanced ? undefined : words.wordsHint)}
        {isAdvanced && field("must", words.must)}
        {isAdvanced && field("not", words.not)}
        <button class="button" type="submit">
          {words.find}
        </button>
      </form>
      {q ? <IdeaList loaded={loaded} use={use} /> : <p class="ideas-start">{words.ideasStart}</p>}
    </Card>
  );
}
