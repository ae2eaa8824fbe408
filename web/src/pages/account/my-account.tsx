import { useWords } from "../../i18n/words";
import { Skeleton } from "../../parts/skeleton";
import { logOut, type Account } from "../../session/session";
import { MyChannel } from "./my-channel";

/** What an account holds: the channel that is one's own. */
export function MyAccount({ account }: { account: Account | undefined }) {
  const { account: words } = useWords();
  const end = (everywhere: boolean) => () => {
    // Here the session has ended, whatever the server says.
    logOut({ everywhere }).catch(() => undefined);
  };
  return (
    <div class="my-account">
      {account ? (
        <MyChannel own={account.userinfo.own_channel ?? null} />
      ) : (
        <Skeleton kind="channel" />
      )}
      <div class="my-account-ends">
        <button type="button" class="button button-quiet" onClick={end(false)}>
          {words.logout}
        </button>
        <button type="button" class="button button-quiet" onClick={end(true)}>
          {words.logoutAll}
        </button>
      </div>
    </div>
  );
}
