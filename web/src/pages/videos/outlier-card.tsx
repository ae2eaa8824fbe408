import type { components } from "../../api/schema";
import { Card } from "../../components/card";
import { Icon } from "../../components/icon";
import { useTranslations } from "../../i18n";
import { OutlierVideo } from "./ranked-video";

/** The number of videos. */
const MAX_VIDEOS = 3;

type Props = {
  title: string;
  description: string;
  class: string;
  videos: components["schemas"]["Outlier"][];
  /** The whole list, if there is a page of it. */
  href?: string;
};

/** The first outlier videos of a list. */
export function OutlierCard({ title, description, class: name, videos, href }: Props) {
  const { ranking: t } = useTranslations();
  return (
    <Card
      title={title}
      description={description}
      class={name}
      actions={
        href && (
          <a class="button button-quiet button-small" href={href}>
            {t.more}
            <Icon name="arrow" />
          </a>
        )
      }
    >
      {videos.length > 1 && <p class="list-note">{t.outliersOrder}</p>}
      <ol class="ranked-videos">
        {videos.slice(0, MAX_VIDEOS).map((video) => (
          <OutlierVideo key={video.idx} video={video} />
        ))}
      </ol>
    </Card>
  );
}
