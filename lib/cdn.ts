/**
 * The CDN in front of the site bucket: one distribution that serves stored documents, in the variant that the edge
 * functions choose, and caches them as each document's own headers say.
 */

import { Duration, Names, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
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
  PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { NOT_FOUND_PATH } from '../lambda/model/addresses.ts';
import { edgeFunctionCode } from './built-code.ts';
import type { Configuration } from './configuration.ts';
import { CONTENT_SECURITY_POLICY, EXPOSED_FIELDS } from './edge/policy.ts';
import type { EdgeFunctionName } from './edge-function-code.ts';

export interface CdnProps {
  readonly site: Bucket;
  readonly configuration: Configuration;
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

  constructor(scope: Construct, id: string, { site, configuration }: CdnProps) {
    super(scope, id);
    const { domainName, certificateArn } = configuration;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${configuration.stackName}: feeds`,
      ...(domainName !== null && certificateArn !== null
        ? {
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            domainNames: [domainName],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          }
        : {}),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PRICE_CLASSES[configuration.priceClass],
      // The catalog's work writes the page; what is missing may be there soon.
      errorResponses: [
        { httpStatus: 404, responseHttpStatus: 404, responsePagePath: `/${NOT_FOUND_PATH}`, ttl: NOT_FOUND_TTL },
      ],
      defaultBehavior: {
        // Without the right to list, S3 calls a missing object forbidden, and readers would see 403 for 404.
        origin: S3BucketOrigin.withOriginAccessControl(site as IBucket, {
          originAccessControl: new S3OriginAccessControl(this, 'SiteAccess', {
            originAccessControlName: this.nameInAccount(),
          }),
          originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // CloudFront answers a method that it does not know with 403; the viewer-request function says what is meant.
        allowedMethods: AllowedMethods.ALLOW_ALL,
        // Stored variants are served as they are; CloudFront's own compression makes strong ETags weak.
        compress: false,
        cachePolicy: this.createCachePolicy(),
        responseHeadersPolicy: this.createHeadersPolicy(),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: this.createEdgeFunction('viewer-request') },
          { eventType: FunctionEventType.VIEWER_RESPONSE, function: this.createEdgeFunction('viewer-response') },
        ],
      },
    });
    this.createRecords(configuration);
    this.acknowledge();
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

  private createEdgeFunction(name: EdgeFunctionName): EdgeFunction {
    return new EdgeFunction(this, name === 'viewer-request' ? 'ViewerRequest' : 'ViewerResponse', {
      comment: `Feedwright: ${name}`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(edgeFunctionCode(name)),
    });
  }

  private createRecords({ domainName, hostedZoneId, hostedZoneName }: Configuration): void {
    if (domainName === null || hostedZoneId === null) return;
    const zoneName = hostedZoneName ?? domainName.slice(domainName.indexOf('.') + 1);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
    const record = {
      zone,
      recordName: `${domainName}.`,
      target: RecordTarget.fromAlias(new CloudFrontTarget(this.distribution)),
    };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }

  private acknowledge(): void {
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
      {
        id: '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
        reason: 'The cache policy forwards no query string and / is index.html, so that no request is a listing.',
      },
    );
  }
}
