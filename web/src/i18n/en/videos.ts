import type { videos as korean } from "../ko/videos";

export const videos: typeof korean = {
  video: {
    views: "Views",
    likes: "Likes",
    popularity: "Views per subscriber",
    observed: (date) => `as of ${date}`,
    keywords: "Keywords",
    description: "Description",
    watch: "Watch on YouTube",
    subscribers: (n) => (n === "1" ? "1 subscriber" : `${n} subscribers`),
    notFound: "Video not found.",
    removed: "It may have been deleted, or the URL is wrong.",
    noChannel: "No channel information.",
    forecast: "View forecast, 31 days after upload",
    forecastInterval: (days, low, high) => {
      const age = days < 1 ? Math.ceil(days * 24) : Math.floor(days);
      const unit = days < 1 ? "hour" : "day";
      return `From its views ${age} ${age === 1 ? unit : `${unit}s`} after upload; 80% chance of ${low} to ${high}`;
    },
  },
  videos: {
    views: (n) => (n === "1" ? "1 view" : `${n} views`),
    growth: (n) => `+${n} per day`,
    empty: "No videos.",
    ratio: (ratio) => `${ratio} subscribers`,
  },
  ranking: {
    tabs: "Lists of videos",
    outliers: "Better than usual",
    outliersDescription: (days) =>
      `Videos uploaded in the last ${days} days with at least twice the views of the channel’s earlier videos.`,
    outliersOrder: "By multiple of the usual views. Videos with few comparisons rank lower.",
    outliersMethod:
      "Views at the same time after upload are compared with the median of up to 30 earlier videos. Shorts and long videos are compared separately, and videos with few to compare with rank lower.",
    chart: "Most views in 24 hours",
    chartDescription:
      "Videos that gained the most views in the 24 hours before they were last observed.",
    chartMethod:
      "The difference of two observations at least 20 hours apart, scaled to 24 hours. Of videos that were observed within 24 hours of their upload, all views.",
    count: (n) => (n === "1" ? "1 video" : `${n} videos`),
    top: (count) => `Top ${count}`,
    usual: (ratio) => `${ratio} the usual views`,
    viewsAtAge: (days, views, expected) =>
      `${views} views ${days === 1 ? "1 day" : `${days} days`} after upload (usually ${expected})`,
    sample: (n) => `Compared with ${n} earlier videos`,
    smallSample: (n) => `Only ${n} earlier videos: a rough guide`,
    gained: (n) => `+${n}`,
    gainedUntil: (time) => `24 hours until ${time}`,
    gainedSinceUpload: (time) => `since upload, until ${time}`,
    sinceUpload: " (since upload)",
    totalViews: (n) => (n === "1" ? "1 view in total" : `${n} views in total`),
    uploaded: (date, days) =>
      days <= 0
        ? `Uploaded ${date} (today)`
        : `Uploaded ${date} (${days === 1 ? "1 day" : `${days} days`} ago)`,
    insufficient: "Not enough data yet",
    outliersInsufficient:
      "A comparison needs at least four videos of a channel that were observed for a day or longer after upload. Check the status of the data.",
    chartInsufficient:
      "The ranking needs videos with two observations at least 20 hours apart. Check the status of the data.",
    noMatch: "No videos match these filters",
    noMatchDescription: "Select a longer period or clear the filters.",
    more: "Show all",
    keywordOutliers: "Better than usual with this keyword",
    similarOutliers: "Better than usual at similar channels",
    anyKeyword: "With any keyword.",
    profile: (size, category) => {
      const parts = [
        category && ` in “${category}”`,
        size && ` of channels with about ${size} subscribers`,
      ].filter(Boolean);
      return parts.length > 0 ? `Uploads of the last 28 days${parts.join("")}.` : "";
    },
    noneOf: (size, category) =>
      `There were none in the last 28 days${category ? ` in “${category}”` : ""}${size ? ` of channels with about ${size} subscribers` : ""}.`,
    allCategories: "These are of all categories.",
    allChannels: "These are of all channels.",
  },
  outlier: {
    title: "Compared with the channel’s earlier videos",
    method: "Views at the same time after upload, compared with the median of earlier videos.",
    insufficient:
      "Not enough data yet. A comparison needs three earlier videos of a similar length and a day of observation.",
  },
};
