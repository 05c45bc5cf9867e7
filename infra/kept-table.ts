import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, TableEncryption, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";

export interface KeptTableProps {
  /** What happens to a new table when the stack goes. A retained one also refuses to be deleted by hand. */
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts a new table; undefined for AWS's own key. */
  readonly encryptionKey: IKey | undefined;
  /** The name of an existing table to use as it is; undefined for a new one. */
  readonly existingTableName: string | undefined;
}

/** The properties that both tables share. */
export function keptTable({ removalPolicy, encryptionKey }: KeptTableProps): TableProps {
  return {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy,
    deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
    ...(encryptionKey && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
  };
}
