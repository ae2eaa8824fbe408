import { Card } from "../../components/card";
import { SelectField } from "../../components/select-field";
import { categoryOptions } from "../../format/categories";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { urls, withParams } from "../../router/urls";
import { SubscriberForm } from "../videos/subscriber-form";
import { parseFilters } from "../videos/video-filters";

/**
 * Finds rising keywords among channels of a size, for a category. The category is in the URL, so
 * that Back restores it; the device remembers the size.
 */
export function PlanForm() {
  const { categories, filters, plan: t } = useTranslations();
  const { path, params } = useLocation();
  const { category } = parseFilters(params);
  return (
    <Card title={t.title} description={t.description} class="home-section">
      <SubscriberForm
        class="plan-form"
        label={t.title}
        onSubmit={(subscribers) => navigate(urls.rising({ subscribers, category }))}
      >
        <SelectField
          label={filters.category}
          value={String(category ?? "")}
          options={[["", filters.allCategories], ...categoryOptions(categories)]}
          onChange={(value) =>
            navigate(withParams(path, params, { category: value }), { replace: true })
          }
        />
        <button type="submit" class="button">
          {t.submit}
        </button>
      </SubscriberForm>
    </Card>
  );
}
