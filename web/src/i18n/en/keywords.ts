import type { keywords as korean } from "../ko/keywords";

export const keywords: typeof korean = {
  plan: {
    title: "What should I film this week?",
    description:
      "Finds keywords that are rising among channels with a similar number of subscribers.",
    submit: "Find keywords",
    categoryNote: (name) =>
      `Size and category can’t be combined, so the keywords are selected by size. Those among the first 20 of “${name}” are marked.`,
    categoryOnly: (name) => `Keywords of “${name}” only`,
  },
  myChannel: {
    title: "My channel",
    none: "Set your channel to see its last 7 days and its latest video here.",
    notFound: "Your channel was not found. Set it again.",
    choose: "Set as my channel",
    open: "Channel page",
    latest: "Latest video",
    comparable: "Latest video older than a day",
    noLatest: (days) => `No uploads in the last ${days} days.`,
    ideas: "Ideas for the next video",
    similarChannels: "channels of a similar size",
    categoryChannels: (name) => `channels in ${name}`,
    allChannels: "all channels",
    ideasDescription: (days, channels) =>
      `Rising among ${channels} in the last ${days.join(" or ")} days.`,
    inCategory: (name) => `Also rising in ${name}`,
    onlyInCategory: (name) => `Rising in ${name}, among channels of any size`,
    noIdeas: "Not enough data yet.",
    growth: (channels, n, days, before) =>
      `used by ${n} of ${channels} (mean of the ${days} days before: ${before})`,
    isNew: (channels, n) => `used by ${n} of ${channels} for the first time`,
    plan: "Plan",
  },
  home: {
    title: "Trends of the last 7 days",
    description: "Videos uploaded in the 7 days up to now. Some common keywords are left out.",
    popular: "Keywords of popular videos",
    popularDescription: "The 300 videos with the most views per subscriber",
    recent: "Most used in new videos",
    recentDescription: "The 700 newest videos with at least 0.3 views per subscriber",
    explore: "Explore this keyword",
    ofAllChannels: "Of all channels.",
    popularVideos: "Most views per subscriber",
    recentVideos: "Most viewed videos",
    videosDescription: "Uploaded in the last 7 days",
    empty: "No videos collected in the last 7 days.",
    noVideos: "No videos with this keyword in the last 7 days.",
  },
  keyword: {
    title: "Keyword",
    description: "Related keywords and videos are those of uploads of the last 14 days.",
    start: "Search for a keyword",
    startDescription: "See its score, trend, related keywords and example videos.",
    trending: "Most used keywords",
    tooLong: "This keyword is too long",
    tooLongDescription: "Search for 100 characters or fewer.",
    setting: "This is not a keyword",
    settingDescription: "Tags that begin with “yt:” are settings of YouTube and are not counted.",
    address: "Addresses and channel IDs can’t be searched",
    addressDescription: "Enter a keyword or the name of a channel.",
    noResults: (q) => `No results for “${q}” in uploads of the last 14 days`,
    earlierVideos: (n) =>
      n === "1"
        ? "1 video of the last 28 days has this keyword."
        : `${n} videos of the last 28 days have this keyword.`,
    noResultsDescription: "Try a shorter keyword, or one of the most used.",
    didYouMean: "Did you mean",
    words: "Single words",
    relatedPopular: "Related keywords of popular videos",
    relatedPopularDescription: "Among the top 100 videos by views per subscriber",

    growing: "Fastest-growing videos",
    growingDescription:
      "By views gained per day. Videos with 7 or more views per subscriber are left out.",
    popular: "Most views per subscriber (below 7)",
    popularDescription: "By views per subscriber. Videos with 7 or more are left out.",
    planVideo: "Plan a video with this keyword",
  },
  longer: {
    title: (q) => `No video has exactly the tag “${q}”`,
    description: (q) =>
      `The score and the number of uploads count videos with exactly the tag “${q}”, and there were none in the last 28 days. The charts and videos below have longer tags that contain “${q}”.`,
    keywords: "Keywords that contain it",
    uploadsDescription: (q) =>
      `Videos per day with a tag that contains “${q}”, last 8 days and today`,
  },
  wordmap: {
    title: "Used together",
    description: (days, videos) =>
      `Number of videos, of at most the newest ${videos} of the last ${days} days. They may have the keyword within a longer tag.`,
    channelDescription: "Number of videos with the keyword, of at most 50.",
    empty: "No related keywords.",
  },
  rising: {
    tabs: "Lists of keywords",
    rising: "Newly rising keywords",
    order: "Highest growth first; fewer channels lower the rank.",
    risingDescription: (days) =>
      `Keywords used by a larger share of channels in the ${days} days up to now than in the ${days * 4} days before.`,
    large: "Used by the most channels",
    largeDescription: (days) =>
      `Keywords that the most channels used in the ${days} days up to now.`,
    largeOrder: "Most channels first.",
    count: (n) => (n === "1" ? "1 keyword" : `${n} keywords`),
    rank: "Rank",
    keyword: "Keyword",
    growth: "Growth",
    channels: "Channels",
    new: "New",
    before: "Channels before (mean)",
    videos: "Videos",
    viewsPerVideo: "Views per video",
    channelCount: (n) => (n === "1" ? "1 channel" : `${n} channels`),
    usedBy: (n) => (n === "1" ? "1 channel" : `${n} channels`),
    method:
      "Only keywords of at least three channels and five videos, with no channel above half of the videos. Spellings that differ in case or spaces are one keyword. Growth allows for the number of active channels and is shrunk towards 1 for few channels. Keywords that no channel used before are “New”. The period ends now; the page of a keyword counts complete days until yesterday, so that its number of videos differs slightly.",
    collectionGrew: (channels, before) =>
      `Far more channels have uploads in this period (${channels}) than in those before (${before} on average), because more are collected now. Most keywords therefore seem to rise more than they do.`,
    noMatch: "No keywords match these filters",
    none: "No keywords are rising now",
    noneDescription: "Choose a longer period, or the keywords that the most channels use.",
    insufficient:
      "More videos from this period and the one before are needed. Check the status of the data.",
  },
  score: {
    title: "Keyword score",
    description:
      "Last 28 days. High demand, few competing channels and successful small channels score high.",
    score: (score) => `${score} of 100`,
    demand: "Demand: views of a small channel’s new video",
    supply: "Supply: videos and channels with the keyword",
    supplyOf: (videos, channels, percent) =>
      `${videos === "1" ? "1 video" : `${videos} videos`} a week; ${channels === "1" ? "1 channel" : `${channels} channels`} in 28 days, more than for ${percent}% of keywords`,
    smallChannels: "Small channels (under 30,000 subscribers) among the most viewed",
    higher: (percent) => `more than for ${percent}% of keywords`,
    tooFewVideos: (videos) =>
      `Too few videos. A score needs ten videos in 28 days. (${videos === 1 ? "1 video" : `${videos} videos`} now)`,
    tooFewSmallChannels: (videos) =>
      `There are enough videos (${videos}), but too few small channels (under 30,000 subscribers). A score needs three of them in 28 days.`,
    notComputed: "The score of this keyword has not been computed yet.",
    unknown: "not enough data",
  },
  related: {
    title: "Most closely related",
    description: "Used far more often with this keyword than elsewhere.",
    lift: (ratio) => `${ratio} as often as elsewhere`,
    empty: "No closely related keywords yet. They appear with more videos.",
  },
  history: {
    title: "Uploads",
    description:
      "Videos with the keyword. Days without data are empty; the current day or week is marked “still counting”.",
    unused: (names) => `No video of this period has the tag: ${names}`,
    keywords: "Compared keywords",
    add: "Add a keyword to compare",
    empty: "There is no data for this period yet.",
  },
};
