import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Right } from "./api-routes.ts";
import type { HttpApi } from "./http-api.ts";

/** The environment variable in which a connected function finds the API's URL. */
const urlVariable = "UMAPI_URL";
const connected = new WeakMap<LambdaFunction, HttpApi>();

/** Gives roles and functions the right to call the API, route by route. */
export class ApiAccess {
  readonly #api: HttpApi;
  readonly #asksIam: boolean;

  /** @param asksIam whether IAM decides who may call, and not tokens or another authorizer */
  constructor(api: HttpApi, { asksIam }: { readonly asksIam: boolean }) {
    this.#api = api;
    this.#asksIam = asksIam;
  }

  /** @throws if the API does not ask IAM */
  grant(grantee: IGrantable, right: Right): Grant {
    if (!this.#asksIam)
      throw new Error(
        `${this.#api.node.scope?.node.path}: this API does not ask IAM who may call, so no role can be given the right to ${right}. Let the caller have a token that its authorizer accepts, or leave out authorizer and jwtIssuer.`,
      );
    return Grant.addToPrincipal({
      grantee,
      actions: ["execute-api:Invoke"],
      resourceArns: this.#api.routeArns(right),
    });
  }

  /** @throws if the API does not ask IAM, or if the function is connected to another API */
  connect(caller: LambdaFunction): void {
    const other = connected.get(caller);
    if (other === this.#api) return;
    if (other)
      throw new Error(
        `${caller.node.path} is connected to ${other.node.scope?.node.path} already, and ${urlVariable} holds one URL: for ${this.#api.node.scope?.node.path}, add apiUrl to its environment under another name, and call grantSubmit and grantRead.`,
      );
    this.grant(caller, "submit");
    this.grant(caller, "read");
    caller.addEnvironment(urlVariable, this.#api.url);
    connected.set(caller, this.#api);
  }
}
