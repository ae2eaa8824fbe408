import { useEffect } from "preact/hooks";
import { FRESHNESS_QUERY, FreshnessContext } from "./api/freshness";
import { useQuery } from "./api/use-query";
import { useTranslations } from "./i18n";
import { Footer } from "./layout/footer";
import { FreshnessNote } from "./layout/freshness-note";
import { Header } from "./layout/header";
import { TabBar } from "./layout/navigation";
import { Routes } from "./router/routes";
import { refreshAccount, useSession } from "./session/session";

export function App() {
  const t = useTranslations();
  const { status } = useSession();
  const { data: freshness } = useQuery(FRESHNESS_QUERY);
  useEffect(() => {
    // Verifies the stored token. Other errors do not end the session.
    if (status === "authenticated") refreshAccount().catch(() => undefined);
  }, [status]);
  return (
    <FreshnessContext.Provider value={freshness}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <FreshnessNote />
        <Routes />
      </main>
      <Footer />
      <TabBar />
    </FreshnessContext.Provider>
  );
}
