import { useEffect, useState } from "preact/hooks";
import { apiQuery } from "../../api/query";
import { useQuery } from "../../api/use-query";
import { Card } from "../../components/card";
import { SegmentedControl } from "../../components/segmented-control";
import { TextField } from "../../components/text-field";
import { MAX_KEYWORD_LENGTH } from "../../format/keywords";
import { navigate, useLocation } from "../../router/location";
import { withParams } from "../../router/urls";
import type { DraftId } from "./draft";
import { usePredictTexts } from "./predict-texts";
import { RecommendationList } from "./recommendation-list";

type Props = { onUseTitle: (id: DraftId, title: string) => void };

/** Searches recommended videos by keywords. */
export function RecommendationSearch({ onUseTitle }: Props) {
  const t = usePredictTexts();
  const { search, isAdvanced, href } = useSearchParams();
  const { q, must, not } = search;
  const simple = apiQuery("/api/views_predict/simple_recommendation", {
    query: { keyword_string: q },
  });
  const advanced = apiQuery("/api/views_predict/advanced_recommendation", {
    query: { keyword_string: q, must_keyword: must, must_not_keyword: not },
  });
  const result = useQuery(q ? (must || not ? advanced : simple) : null);
  const modes = [
    { name: t.simple, href: href({ q }), isSelected: !isAdvanced },
    { name: t.advanced, href: href({ ...search, mode: "advanced" }), isSelected: isAdvanced },
  ];
  return (
    <Card
      title={t.recommendations}
      actions={<SegmentedControl label={t.recommendations} options={modes} />}
    >
      <SearchFields
        search={search}
        isAdvanced={isAdvanced}
        onSearch={({ q: keywords, ...filters }) => {
          const changed = { ...filters, mode: "advanced" as const };
          navigate(href({ q: keywords.trim(), ...(isAdvanced && changed) }));
        }}
      />
      {q ? (
        <RecommendationList result={result} onUseTitle={onUseTitle} />
      ) : (
        <p class="recommendation-hint">{t.recommendationsStart}</p>
      )}
    </Card>
  );
}

/** `q`: any of these keywords, `must`: all of these, `not`: none of these. */
type Search = { q: string; must: string; not: string };
/** `mode` shows the fields of the advanced search. */
type SearchChanges = Partial<Search> & { mode?: "advanced" };

/** Reads the search from the URL. */
function useSearchParams() {
  const { path, params } = useLocation();
  const read = (name: keyof Search) => params.get(name) ?? "";
  const search = { q: read("q"), must: read("must"), not: read("not") };
  const hasFilters = Boolean(search.must || search.not);
  const href = (changes: SearchChanges) =>
    withParams(path, params, { must: undefined, not: undefined, mode: undefined, ...changes });
  return { search, isAdvanced: params.get("mode") === "advanced" || hasFilters, href };
}

type FieldsProps = { search: Search; isAdvanced: boolean; onSearch: (search: Search) => void };

function SearchFields({ search: { q, must, not }, isAdvanced, onSearch }: FieldsProps) {
  const t = usePredictTexts();
  const [form, setForm] = useState({ q, must, not });
  useEffect(() => setForm({ q, must, not }), [q, must, not]);
  const field = (name: keyof Search, label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      value={form[name]}
      maxLength={MAX_KEYWORD_LENGTH}
      onChange={(text) => setForm((previous) => ({ ...previous, [name]: text }))}
    />
  );
  return (
    <form
      class="recommendation-form"
      role="search"
      aria-label={t.recommendations}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(form);
      }}
    >
      {field("q", t.keywords, isAdvanced ? undefined : t.keywordsHint)}
      {isAdvanced && field("must", t.must)}
      {isAdvanced && field("not", t.mustNot)}
      <button class="button" type="submit">
        {t.search}
      </button>
    </form>
  );
}
