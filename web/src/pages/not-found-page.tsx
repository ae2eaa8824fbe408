import { KeywordSuggestions } from "../components/keyword-suggestions";
import { Page } from "../components/page";
import { useTranslations } from "../i18n";
import { urls } from "../router/urls";

export function NotFoundPage() {
  const { notFound: t } = useTranslations();
  return (
    <Page title={t.title} heading={t.title} description={t.description}>
      <div class="not-found">
        <a class="button" href={urls.home()}>
          {t.home}
        </a>
        <KeywordSuggestions />
      </div>
    </Page>
  );
}
