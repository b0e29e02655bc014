/**
 * The CDN in front of the site bucket: one distribution that serves stored documents, in the variant that the edge
 * functions choose, and caches them as each document's own headers say.
 */

import { CfnRule, Duration, Fn, Names, Stack, Token, Validations } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  type AddBehaviorOptions,
  AllowedMethods,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { NOT_FOUND_PATH } from '../lambda/model/addresses.ts';
import { edgeFunctionCode } from './bundle/built-code.ts';
import { CONTENT_SECURITY_POLICY, EXPOSED_FIELDS } from './edge/policy.ts';

export interface CdnProps {
  readonly site: IBucket;
  /** The name of the publication. */
  readonly name: string;
  readonly place: CdnPlace;
}

/** A distribution that is made, or a path on one that is there. */
export type CdnPlace = OwnPlace | PathPlace;

interface OwnPlace {
  readonly kind: 'own';
  /** The first is the site's own, and the others lead there. */
  readonly domainNames: readonly string[];
  readonly certificate: ICertificate | undefined;
  readonly hostedZone: IHostedZone | undefined;
  readonly priceClass: keyof typeof PRICE_CLASSES;
  readonly webAclId: string | undefined;
}

interface PathPlace {
  readonly kind: 'path';
  readonly distribution: Distribution;
  /** Without a slash in front, and with one at its end. */
  readonly prefix: string;
}

const PRICE_CLASSES = {
  '100': PriceClass.PRICE_CLASS_100,
  '200': PriceClass.PRICE_CLASS_200,
  All: PriceClass.PRICE_CLASS_ALL,
} as const;

/** For documents that say nothing themselves. */
const DEFAULT_TTL = Duration.seconds(30);
const NOT_FOUND_TTL = Duration.seconds(10);
const CORS_MAX_AGE = Duration.days(1);
const HSTS_MAX_AGE = Duration.days(365);

/** CloudFront's shortest limit, that of an origin access control, and the longest name of a region with its hyphen. */
const NAME_CHARACTERS_MAX = 64;
const REGION_CHARACTERS_MAX = 16;

export class Cdn extends Construct {
  readonly distribution: Distribution;
  /** The prefix of all documents' keys: empty, or a folder with its slash. */
  readonly prefix: string;
  /** Base address at the domain of the CDN, and that at a domain of one's own, which is null where there is none. */
  readonly url: string;
  readonly domainUrl: string | null;

  constructor(scope: Construct, id: string, { site, name, place }: CdnProps) {
    super(scope, id);
    const [domainName] = place.kind === 'own' ? place.domainNames : [];
    this.prefix = place.kind === 'own' ? '' : place.prefix;
    this.distribution = place.kind === 'own' ? this.createDistribution(site, name, place) : place.distribution;
    if (place.kind === 'path') this.addPath(site, place);
    this.url = `https://${this.distribution.distributionDomainName}/${this.prefix}`;
    this.domainUrl = domainName === undefined ? null : `https://${domainName}/`;
    if (place.kind === 'own') this.createRecords(place);
    this.acknowledge(place.kind);
  }

  private createDistribution(site: IBucket, name: string, place: OwnPlace): Distribution {
    const { domainNames, priceClass, webAclId } = place;
    return new Distribution(this, 'Distribution', {
      comment: `${name}: feeds`,
      ...(domainNames.length > 0
        ? {
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            domainNames: [...domainNames],
            certificate: this.certificateOf(place),
          }
        : {}),
      ...(webAclId === undefined ? {} : { webAclId }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PRICE_CLASSES[priceClass],
      // The catalog's work writes the page; what is missing may be there soon.
      errorResponses: [
        { httpStatus: 404, responseHttpStatus: 404, responsePagePath: `/${NOT_FOUND_PATH}`, ttl: NOT_FOUND_TTL },
      ],
      defaultBehavior: { origin: this.createOrigin(site), ...this.createBehavior(domainNames) },
    });
  }

  private addPath(site: IBucket, { distribution, prefix }: PathPlace): void {
    const origin = this.createOrigin(site);
    const behavior = this.createBehavior([]);
    for (const pattern of [`/${prefix.slice(0, -1)}`, `/${prefix}*`])
      distribution.addBehavior(pattern, origin, behavior);
  }

  /** Without the right to list, S3 calls a missing object forbidden, and readers would see 403 for 404. */
  private createOrigin(site: IBucket): IOrigin {
    return S3BucketOrigin.withOriginAccessControl(site, {
      originAccessControl: new S3OriginAccessControl(this, 'SiteAccess', {
        originAccessControlName: this.nameInAccount(),
      }),
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
  }

  private createBehavior(domainNames: readonly string[]): AddBehaviorOptions {
    return {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // CloudFront answers a method that it does not know with 403; the viewer-request function says what is meant.
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // Stored variants are served as they are; CloudFront's own compression makes strong ETags weak.
      compress: false,
      cachePolicy: this.createCachePolicy(),
      responseHeadersPolicy: this.createHeadersPolicy(),
      functionAssociations: [
        { eventType: FunctionEventType.VIEWER_REQUEST, function: this.createRequestFunction(domainNames) },
        { eventType: FunctionEventType.VIEWER_RESPONSE, function: this.createResponseFunction() },
      ],
    };
  }

  private certificateOf({ certificate, domainNames, hostedZone }: OwnPlace): ICertificate {
    if (certificate !== undefined) return certificate;
    this.refuseOtherRegions();
    const [domainName = '', ...subjectAlternativeNames] = domainNames;
    return new Certificate(this, 'Certificate', {
      domainName,
      subjectAlternativeNames,
      validation: CertificateValidation.fromDns(hostedZone),
    });
  }

  /** CloudFront takes certificates from one region only; better refused at once than in the middle of a deployment. */
  private refuseOtherRegions(): void {
    const { region } = Stack.of(this);
    const message =
      'CloudFront takes certificates from us-east-1 only: deploy the stack there, or make one there and name it (certificate).';
    if (!Token.isUnresolved(region)) {
      if (region !== 'us-east-1') throw new Error(message);
      return;
    }
    new CfnRule(this, 'Region').addAssertion(Fn.conditionEquals(region, 'us-east-1'), message);
  }

  /** CloudFront is one for all regions of an account: the CDK's own names would be taken in the second one. */
  private nameInAccount(): string {
    const maxLength = NAME_CHARACTERS_MAX - REGION_CHARACTERS_MAX;
    return `${Names.uniqueResourceName(this, { maxLength })}-${Stack.of(this).region}`;
  }

  /** The path alone decides: the viewer-request function has put everything else that matters into it. */
  private createCachePolicy(): CachePolicy {
    return new CachePolicy(this, 'Caching', {
      comment: 'By path, for as long as the document says',
      queryStringBehavior: CacheQueryStringBehavior.none(),
      minTtl: Duration.seconds(0),
      defaultTtl: DEFAULT_TTL,
      maxTtl: Duration.days(365),
    });
  }

  private createHeadersPolicy(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: this.nameInAccount(),
      comment: 'Readable from any page, and safe to open',
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowHeaders: ['*'],
        accessControlExposeHeaders: EXPOSED_FIELDS,
        accessControlAllowCredentials: false,
        accessControlMaxAge: CORS_MAX_AGE,
        originOverride: true,
      },
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: HSTS_MAX_AGE, override: true },
      },
    });
  }

  /** With several domains, also what leads from the others to the first. */
  private createRequestFunction([host, ...others]: readonly string[]): EdgeFunction {
    const code =
      host === undefined || others.length === 0
        ? edgeFunctionCode('viewer-request')
        : `var CANONICAL_HOST=${JSON.stringify(host)};\n${edgeFunctionCode('canonical-request')}`;
    return new EdgeFunction(this, 'ViewerRequest', {
      comment: 'Feedwright: viewer-request',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
    });
  }

  private createResponseFunction(): EdgeFunction {
    return new EdgeFunction(this, 'ViewerResponse', {
      comment: 'Feedwright: viewer-response',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(edgeFunctionCode('viewer-response')),
    });
  }

  private createRecords({ domainNames, hostedZone }: OwnPlace): void {
    if (hostedZone === undefined) return;
    for (const [index, domainName] of domainNames.entries()) {
      const record = {
        zone: hostedZone,
        recordName: `${domainName}.`,
        target: RecordTarget.fromAlias(new CloudFrontTarget(this.distribution)),
      };
      const ending = index === 0 ? '' : `-${domainName}`;
      new ARecord(this, `Ipv4${ending}`, record);
      new AaaaRecord(this, `Ipv6${ending}`, record);
    }
  }

  private acknowledge(kind: CdnPlace['kind']): void {
    Validations.of(this.distribution).acknowledge({
      id: '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'The cache policy forwards no query string and / is index.html, so that no request is a listing.',
    });
    // The owner of a distribution that was there sets everything else.
    if (kind === 'path') return;
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Feeds are for readers everywhere; a publisher who must leave out countries sets that here.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'The origin holds public, static files: there is no code, form or log-in that a web application firewall would protect, and AWS Shield Standard covers floods.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Access logs hold the addresses of readers, so they are kept only when the operator asks for them (option accessLogs).',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'Without a domain of its own the distribution uses the certificate of CloudFront, whose minimum version AWS sets; with one, TLS 1.2 is the least.',
      },
    );
  }
}
