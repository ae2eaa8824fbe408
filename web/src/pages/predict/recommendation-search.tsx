import { useEffect, useState } from "preact/hooks";
import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { TextField } from "../../components/text-field";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { withParams } from "../../router/urls";
import type { Letter } from "./draft";
import { RecommendationList } from "./recommendation-list";

type Props = { onUseTitle: (letter: Letter, title: string) => void };

/** Searches recommended videos by keywords. */
export function RecommendationSearch({ onUseTitle }: Props) {
  const { predict: t } = useTranslations();
  const { path, params } = useLocation();
  const searchUrl = (search: { q: string; must?: string; not?: string; mode?: "advanced" }) =>
    withParams(path, params, { must: undefined, not: undefined, mode: undefined, ...search });
  const q = params.get("q") ?? "";
  const must = params.get("must") ?? "";
  const not = params.get("not") ?? "";
  const isAdvanced = params.get("mode") === "advanced" || Boolean(must || not);
  const [form, setForm] = useState({ q, must, not });
  useEffect(() => setForm({ q, must, not }), [q, must, not]);
  const simple = apiQuery("/api/views_predict/simple_recommendation", {
    query: { keyword_string: q },
  });
  const advanced = apiQuery("/api/views_predict/advanced_recommendation", {
    query: { keyword_string: q, must_keyword: must, must_not_keyword: not },
  });
  const result = useQuery(q ? (must || not ? advanced : simple) : null);
  const field = (name: keyof typeof form, label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      value={form[name]}
      maxLength={100}
      onChange={(text) => setForm((previous) => ({ ...previous, [name]: text }))}
    />
  );
  const modeLink = (mode: "advanced" | undefined, label: string) => (
    <a
      href={searchUrl(mode ? { q, must, not, mode } : { q })}
      aria-current={isAdvanced === (mode !== undefined) ? "true" : undefined}
    >
      {label}
    </a>
  );
  return (
    <Card
      title={t.recommendations}
      actions={
        <div class="segments">
          {modeLink(undefined, t.simple)}
          {modeLink("advanced", t.advanced)}
        </div>
      }
    >
      <form
        class="recommendation-form"
        role="search"
        aria-label={t.recommendations}
        onSubmit={(event) => {
          event.preventDefault();
          const { q: keywords, ...filters } = form;
          const search = { q: keywords.trim(), ...filters, mode: "advanced" as const };
          navigate(searchUrl(isAdvanced ? search : { q: search.q }));
        }}
      >
        {field("q", t.keywords, isAdvanced ? undefined : t.keywordsHint)}
        {isAdvanced && field("must", t.must)}
        {isAdvanced && field("not", t.mustNot)}
        <button class="button" type="submit">
          {t.search}
        </button>
      </form>
      {q ? (
        <RecommendationList result={result} onUseTitle={onUseTitle} />
      ) : (
        <p class="recommendation-hint">{t.recommendationsStart}</p>
      )}
    </Card>
  );
}
