import { useWords } from "../i18n/words";
import { Page } from "../parts/page";
import { to } from "../router/addresses";

export function NotFoundPage() {
  const { notFound } = useWords();
  return (
    <Page title={notFound.title} name={notFound.title} about={notFound.about}>
      <p>
        <a class="button" href={to.home()}>
          {notFound.home}
        </a>
      </p>
    </Page>
  );
}
