/** Adobe's URLs. UMAPI docs, "Authentication" and "API reference". */
export const adobeUrls = {
  imsUrl: "https://ims-na1.adobelogin.com",
  umapiUrl: "https://usermanagement.adobe.io/v2/usermanagement",
} as const;
