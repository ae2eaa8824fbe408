export const videos = {
  video: {
    views: "조회수",
    likes: "좋아요",
    popularity: "구독자 대비 조회수",
    observed: (date: string) => `${date} 확인`,
    keywords: "키워드",
    description: "설명",
    watch: "YouTube에서 보기",
    subscribers: (n: string) => `구독자 ${n}명`,
    notFound: "영상을 찾을 수 없어요.",
    removed: "삭제됐거나 주소가 잘못됐을 수 있어요.",
    noChannel: "채널 정보가 없어요.",
    forecast: "업로드 후 31일째 예상 조회수",
    forecastInterval: (days: number, low: string, high: string) =>
      `업로드 ${days < 1 ? `${Math.ceil(days * 24)}시간` : `${Math.floor(days)}일`} 후의 조회수로 예측, 80% 확률로 ${low}회~${high}회`,
  },
  videos: {
    views: (n: string) => `조회수 ${n}회`,
    growth: (n: string) => `하루 +${n}회`,
    empty: "표시할 영상이 없어요.",
    ratio: (ratio: string) => `구독자의 ${ratio}`,
  },
  ranking: {
    tabs: "영상 목록",
    outliers: "평소보다 잘된 영상",
    outliersDescription: (days: number) =>
      `최근 ${days}일에 올라온 영상 중 같은 채널의 이전 영상보다 조회수가 2배 이상 높은 영상이에요.`,
    outliersOrder: "배수가 높은 순이지만, 비교한 영상이 적으면 순위를 낮춰요.",
    outliersMethod:
      "업로드 후 같은 기간의 조회수를 이전 영상 최대 30개의 중앙값과 비교해요. 쇼츠와 긴 영상은 따로 비교하고, 비교한 영상이 적으면 순위를 낮춰요.",
    chart: "24시간 조회수 순위",
    chartDescription: "마지막으로 확인할 때까지 24시간 동안 조회수가 가장 많이 늘어난 영상이에요.",
    chartMethod:
      "20시간 이상 간격을 두고 두 번 확인한 조회수의 차이를 24시간으로 환산해요. 확인할 때 올린 지 24시간이 안 된 영상은 업로드 후 조회수 전체예요.",
    count: (n: string) => `영상 ${n}개`,
    top: (count: string) => `${count} (상위 목록만)`,
    usual: (ratio: string) => `평소의 ${ratio}`,
    viewsAtAge: (days: number, views: string, expected: string) =>
      `업로드 ${days}일째 조회수 ${views}회 (평소 ${expected}회)`,
    sample: (n: number) => `이전 영상 ${n}개와 비교`,
    smallSample: (n: number) => `이전 영상 ${n}개뿐이라 참고만 하세요`,
    gained: (n: string) => `+${n}회`,
    gainedUntil: (time: string) => `${time}까지 24시간`,
    gainedSinceUpload: (time: string) => `${time}까지 업로드 후 전체`,
    sinceUpload: " (업로드 후 전체)",
    totalViews: (n: string) => `전체 조회수 ${n}회`,
    uploaded: (date: string, days: number) =>
      days <= 0 ? `${date} 업로드 (오늘)` : `${date} 업로드 (${days}일 전)`,
    insufficient: "아직 데이터가 충분하지 않아요",
    outliersInsufficient:
      "한 채널에서 업로드 후 하루 이상 조회수를 수집한 영상이 4개 이상 모여야 비교할 수 있어요. 데이터 수집 상태를 확인해 주세요.",
    chartInsufficient:
      "20시간 이상 간격을 두고 두 번 조회수를 확인한 영상이 있어야 순위를 만들 수 있어요. 데이터 수집 상태를 확인해 주세요.",
    noMatch: "조건에 맞는 영상이 없어요",
    noMatchDescription: "기간을 늘리거나 필터를 지워 보세요.",
    more: "모두 보기",
    keywordOutliers: "이 키워드로 평소보다 잘된 영상",
    similarOutliers: "구독자 수가 비슷한 채널에서 평소보다 잘된 영상",
    anyKeyword: "모든 키워드를 포함해요.",
    profile: (size?: string | 0, category?: string | 0) => {
      const channels = size ? `구독자 수가 ${size}명과 비슷한 채널의 영상` : "영상";
      if (!size && !category) return "";
      return `최근 28일에 올라온 ${category ? `‘${category}’ 카테고리에서 ` : ""}${channels}이에요.`;
    },
    noneOf: (size?: string | 0, category?: string | 0) =>
      `최근 28일 동안 ${category ? `‘${category}’ 카테고리에서 ` : ""}${size ? `구독자 수가 ${size}명과 비슷한 채널의 영상` : "올라온 영상"}은 없었어요.`,
    allCategories: "모든 카테고리의 영상을 보여 드려요.",
    allChannels: "모든 채널의 영상을 보여 드려요.",
  },
  outlier: {
    title: "이 채널의 이전 영상과 비교",
    method: "업로드 후 같은 기간의 조회수를 이전 영상의 중앙값과 비교해요.",
    insufficient:
      "아직 데이터가 충분하지 않아요. 이 채널에서 길이가 비슷한 이전 영상이 3개 이상 있고 업로드 후 하루 이상 지나면 비교할 수 있어요.",
  },
};
