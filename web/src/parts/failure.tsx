import type { ApiError } from "../api/error";
import { useWords } from "../i18n/words";

/** Says why there is nothing to see, and what can be done. */
export function Failure({ error, retry }: { error: ApiError; retry: () => void }) {
  const { states } = useWords();
  const [title, about] =
    error.status === 0
      ? [states.offline, states.offlineAbout]
      : error.isPassing
        ? [states.down, states.downAbout]
        : [states.failed, states.failedAbout];
  return (
    <div class="notice notice-failure" role="alert">
      <p class="notice-title">{title}</p>
      <p>{about}</p>
      <button type="button" class="button" onClick={retry}>
        {states.retry}
      </button>
      {error.requestId && (
        <p class="notice-id">
          {states.request} <code>{error.requestId}</code>
        </p>
      )}
    </div>
  );
}
