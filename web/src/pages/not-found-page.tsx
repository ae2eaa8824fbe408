import { KeywordSuggestions } from "../components/keyword-suggestions";
import { Page } from "../components/page";
import { useTranslations } from "../i18n";
import { urls } from "../router/urls";

type Props = {
  /** The name in a URL of a channel without a number, such as `/channels/먹방`. */
  channel?: string;
  /** Whether the URL is that of a video without a number. */
  isVideo?: boolean;
};

/** The page of an unknown URL, with links to what it may have meant. */
export function NotFoundPage({ channel, isVideo = false }: Props) {
  const { channel: labels, channels, notFound: t, video } = useTranslations();
  const title = channel !== undefined ? labels.notFound : isVideo ? video.notFound : t.title;
  return (
    <Page title={title} heading={title} description={t.description}>
      <div class="not-found">
        {channel !== undefined && (
          <a class="button" href={urls.channels(channel)}>
            {channels.findByName(channel)}
          </a>
        )}
        <a class={`button ${channel === undefined ? "" : "button-quiet"}`} href={urls.home()}>
          {t.home}
        </a>
        <KeywordSuggestions />
      </div>
    </Page>
  );
}
