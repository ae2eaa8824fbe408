import { urls, type VideoFilters } from "../router/urls";

type Props = {
  label: string;
  keywords: string[];
  /** Filters that the links keep. */
  filters?: VideoFilters;
  /** Whether the label is visible; it is not if a heading has the same text. */
  hasTitle?: boolean;
};

/** A row of links to the search of each keyword. */
export function KeywordChips({ label, keywords, filters, hasTitle = false }: Props) {
  const list = (
    <ul class="chips" aria-label={label}>
      {keywords.map((keyword) => (
        <li key={keyword}>
          <a class="chip" href={urls.keyword(keyword, filters)}>
            {keyword}
          </a>
        </li>
      ))}
    </ul>
  );
  if (!hasTitle) return list;
  return (
    <div class="titled-chips">
      <p class="chips-title" aria-hidden="true">
        {label}
      </p>
      {list}
    </div>
  );
}
