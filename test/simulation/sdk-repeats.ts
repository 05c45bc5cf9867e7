import type { Service, ServiceAnswer } from "../../infra/local/aws/service.ts";

/** A service behind an SDK that repeats what the service failed at, as AWS's do, so that a lost answer is a write done twice. */
export function repeated(service: Service, tries: () => number): Service {
  return {
    ...service,
    handle: async (action, input, signal): Promise<ServiceAnswer> => {
      let answer = await service.handle(action, input, signal);
      for (let repeat = 1; repeat < tries() && isWorthRepeating(answer); repeat++)
        answer = await service.handle(action, input, signal);
      return answer;
    },
  };
}

function isWorthRepeating({ status, body }: ServiceAnswer): boolean {
  return status >= 500 || (status >= 400 && /Throttl|ProvisionedThroughput/.test(JSON.stringify(body)));
}
