import { urls } from "../router/urls";

type Props = { label: string; keywords: string[] };

/** A row of links to the search of each keyword. */
export function KeywordChips({ label, keywords }: Props) {
  return (
    <ul class="chips" aria-label={label}>
      {keywords.map((keyword) => (
        <li key={keyword}>
          <a class="chip" href={urls.keyword(keyword)}>
            {keyword}
          </a>
        </li>
      ))}
    </ul>
  );
}
