/** Every key that a command can have, at any depth. No other may stand in an answer: it might be personal data. */
export const commandKeys: ReadonlySet<string> = new Set([
  ...["user", "usergroup", "domain", "useAdobeID", "requestID", "do"],
  ...["addAdobeID", "createEnterpriseID", "createFederatedID", "update", "add", "remove", "removeFromOrg"],
  ...["createUserGroup", "updateUserGroup", "deleteUserGroup"],
  ...["email", "username", "firstname", "lastname", "country", "option", "deleteAccount"],
  ...["group", "product", "productConfiguration", "name", "description"],
]);
