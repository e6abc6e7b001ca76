//! The operations of every spec, each with its type.

use typefoundry::schema::{OperationSchema, ServiceSchema};
use typefoundry::value::{Empty, Structure};
use typefoundry::{Error, Operation, Service};
use typefoundry_clients::{aws, ncp};

/// What is needed of an operation's types, so that tests are compiled once for all operations.
pub(crate) struct Typed {
    pub(crate) service: &'static ServiceSchema,
    pub(crate) operation: &'static OperationSchema,
    pub(crate) input: fn() -> Box<dyn Structure>,
    pub(crate) output: fn() -> Box<dyn Structure>,
    /// The message and the variant of an error in the service's own enum
    pub(crate) told: fn(Error) -> (String, String),
}

fn typed<O: Operation>() -> Typed {
    Typed {
        service: <O::Service as Service>::schema(),
        operation: O::schema(),
        input: || Box::new(O::empty()),
        output: || Box::new(O::Output::empty()),
        told: told::<O::Service>,
    }
}

fn told<S: Service>(error: Error) -> (String, String) {
    let error = S::Error::from(error);
    let variant = format!("{error:?}");
    let variant = variant.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (error.to_string(), variant.to_owned())
}

macro_rules! operations {
    ($($module:ident: $id:literal, $provider:ident, $($operation:ident)*;)*) => {
        /// The services that have operations.
        pub(crate) const SERVICES: &[&str] = &[$($id),*];

        $(
            mod $module {
                use super::{$provider, typed};

                #[test]
                fn the_wire_is_as_reviewed() {
                    crate::assert_as_reviewed($id);
                }

                #[test]
                fn types_and_description_agree() {
                    let types = [$(typed::<$provider::$module::$operation>()),*];
                    crate::assert_types_and_description_agree($id, &types);
                }
            }
        )*
    };
}

operations! {
    cloudtrail: "aws/cloudtrail", aws,
        AddTags CancelQuery CreateChannel CreateDashboard CreateEventDataStore CreateTrail
        DeleteChannel DeleteDashboard DeleteEventDataStore DeleteResourcePolicy DeleteTrail
        DeregisterOrganizationDelegatedAdmin DescribeQuery DescribeTrails DisableFederation
        EnableFederation GenerateQuery GetChannel GetDashboard GetEventConfiguration
        GetEventDataStore GetEventSelectors GetImport GetInsightSelectors GetQueryResults
        GetResourcePolicy GetTrail GetTrailStatus ListChannels ListDashboards
        ListEventDataStores ListImportFailures ListImports ListInsightsData
        ListInsightsMetricData ListPublicKeys ListQueries ListTags ListTrails LookupEvents
        PutEventConfiguration PutEventSelectors PutInsightSelectors PutResourcePolicy
        RegisterOrganizationDelegatedAdmin RemoveTags RestoreEventDataStore SearchSampleQueries
        StartDashboardRefresh StartEventDataStoreIngestion StartImport StartLogging StartQuery
        StopEventDataStoreIngestion StopImport StopLogging UpdateChannel UpdateDashboard
        UpdateEventDataStore UpdateTrail;
    customer_profiles: "aws/customer-profiles", aws,
        AddProfileKey BatchGetCalculatedAttributeForProfile BatchGetProfile
        BatchPutProfileObject CreateCalculatedAttributeDefinition CreateDomain
        CreateDomainLayout CreateEventStream CreateEventTrigger CreateIntegrationWorkflow
        CreateProfile CreateRecommender CreateRecommenderFilter CreateRecommenderSchema
        CreateSegmentDefinition CreateSegmentEstimate CreateSegmentSnapshot CreateUploadJob
        DeleteCalculatedAttributeDefinition DeleteDomain DeleteDomainLayout
        DeleteDomainObjectType DeleteEventStream DeleteEventTrigger DeleteIntegration
        DeleteProfile DeleteProfileKey DeleteProfileObject DeleteProfileObjectType
        DeleteRecommender DeleteRecommenderFilter DeleteRecommenderSchema
        DeleteSegmentDefinition DeleteWorkflow DetectProfileObjectType GetAutoMergingPreview
        GetCalculatedAttributeDefinition GetCalculatedAttributeForProfile GetDomain
        GetDomainLayout GetDomainObjectType GetEventStream GetEventTrigger
        GetIdentityResolutionJob GetIntegration GetMatches GetObjectTypeAttributeStatistics
        GetProfileHistoryRecord GetProfileObjectType GetProfileObjectTypeTemplate
        GetProfileRecommendations GetRecommender GetRecommenderFilter GetRecommenderSchema
        GetSegmentDefinition GetSegmentEstimate GetSegmentMembership GetSegmentSnapshot
        GetSimilarProfiles GetUploadJob GetUploadJobPath GetWorkflow GetWorkflowSteps
        ListAccountIntegrations ListCalculatedAttributeDefinitions
        ListCalculatedAttributesForProfile ListDomainLayouts ListDomainObjectTypes ListDomains
        ListEventStreams ListEventTriggers ListIdentityResolutionJobs ListIntegrations
        ListObjectTypeAttributeValues ListObjectTypeAttributes ListProfileAttributeValues
        ListProfileHistoryRecords ListProfileObjectTypeTemplates ListProfileObjectTypes
        ListProfileObjects ListRecommenderFilters ListRecommenderRecipes ListRecommenderSchemas
        ListRecommenders ListRuleBasedMatches ListSegmentDefinitions ListTagsForResource
        ListUploadJobs ListWorkflows MergeProfiles PutDomainObjectType PutIntegration
        PutProfileObject PutProfileObjectType SearchProfiles StartRecommender StartUploadJob
        StopRecommender StopUploadJob TagResource UntagResource
        UpdateCalculatedAttributeDefinition UpdateDomain UpdateDomainLayout UpdateEventTrigger
        UpdateProfile UpdateRecommender;
    dynamodb: "aws/dynamodb", aws,
        BatchExecuteStatement BatchGetItem BatchWriteItem CreateBackup CreateGlobalTable
        CreateTable DeleteBackup DeleteItem DeleteResourcePolicy DeleteTable DescribeBackup
        DescribeContinuousBackups DescribeContributorInsights DescribeEndpoints DescribeExport
        DescribeGlobalTable DescribeGlobalTableSettings DescribeImport
        DescribeKinesisStreamingDestination DescribeLimits DescribeTable
        DescribeTableReplicaAutoScaling DescribeTimeToLive DisableKinesisStreamingDestination
        EnableKinesisStreamingDestination ExecuteStatement ExecuteTransaction
        ExportTableToPointInTime GetItem GetResourcePolicy ImportTable ListBackups
        ListContributorInsights ListExports ListGlobalTables ListImports ListTables
        ListTagsOfResource PutItem PutResourcePolicy Query RestoreTableFromBackup
        RestoreTableToPointInTime Scan SearchVectors TagResource TransactGetItems
        TransactWriteItems UntagResource UpdateContinuousBackups UpdateContributorInsights
        UpdateGlobalTable UpdateGlobalTableSettings UpdateItem UpdateKinesisStreamingDestination
        UpdateTable UpdateTableReplicaAutoScaling UpdateTimeToLive;
    ivs: "aws/ivs", aws,
        BatchGetChannel BatchGetStreamKey BatchStartViewerSessionRevocation
        CreateAdConfiguration CreateChannel CreatePlaybackRestrictionPolicy
        CreateRecordingConfiguration CreateStreamKey DeleteAdConfiguration DeleteChannel
        DeletePlaybackKeyPair DeletePlaybackRestrictionPolicy DeleteRecordingConfiguration
        DeleteStreamKey GetAdConfiguration GetChannel GetPlaybackKeyPair
        GetPlaybackRestrictionPolicy GetRecordingConfiguration GetStream GetStreamKey
        GetStreamSession ImportPlaybackKeyPair InsertAdBreak ListAdConfigurations ListChannels
        ListPlaybackKeyPairs ListPlaybackRestrictionPolicies ListRecordingConfigurations
        ListStreamKeys ListStreamSessions ListStreams ListTagsForResource PutMetadata
        StartViewerSessionRevocation StopStream TagResource UntagResource UpdateAdConfiguration
        UpdateChannel UpdatePlaybackRestrictionPolicy;
    ivs_realtime: "aws/ivs-realtime", aws,
        CreateEncoderConfiguration CreateIngestConfiguration CreateParticipantToken CreateStage
        CreateStorageConfiguration DeleteEncoderConfiguration DeleteIngestConfiguration
        DeletePublicKey DeleteStage DeleteStorageConfiguration DisconnectParticipant
        GetComposition GetEncoderConfiguration GetIngestConfiguration GetParticipant
        GetPublicKey GetStage GetStageSession GetStorageConfiguration ImportPublicKey
        ListCompositions ListEncoderConfigurations ListIngestConfigurations
        ListParticipantEvents ListParticipantReplicas ListParticipants ListPublicKeys
        ListStageSessions ListStages ListStorageConfigurations ListTagsForResource
        StartComposition StartParticipantReplication StopComposition StopParticipantReplication
        TagResource UntagResource UpdateIngestConfiguration UpdateStage;
    ivschat: "aws/ivschat", aws,
        CreateChatToken CreateLoggingConfiguration CreateRoom DeleteLoggingConfiguration
        DeleteMessage DeleteRoom DisconnectUser GetLoggingConfiguration GetRoom
        ListLoggingConfigurations ListRooms ListTagsForResource SendEvent TagResource
        UntagResource UpdateLoggingConfiguration UpdateRoom;
    s3: "aws/s3", aws,
        AbortMultipartUpload CompleteMultipartUpload CopyObject CreateBucket
        CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration
        CreateMultipartUpload CreateSession DeleteBucket DeleteBucketAnalyticsConfiguration
        DeleteBucketCors DeleteBucketEncryption DeleteBucketIntelligentTieringConfiguration
        DeleteBucketInventoryConfiguration DeleteBucketLifecycle
        DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration
        DeleteBucketMetricsConfiguration DeleteBucketOwnershipControls DeleteBucketPolicy
        DeleteBucketReplication DeleteBucketTagging DeleteBucketWebsite DeleteObject
        DeleteObjectAnnotation DeleteObjectTagging DeleteObjects DeletePublicAccessBlock
        GetBucketAbac GetBucketAccelerateConfiguration GetBucketAcl
        GetBucketAnalyticsConfiguration GetBucketCors GetBucketEncryption
        GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration
        GetBucketLifecycle GetBucketLifecycleConfiguration GetBucketLocation GetBucketLogging
        GetBucketMetadataConfiguration GetBucketMetadataTableConfiguration
        GetBucketMetricsConfiguration GetBucketNotification GetBucketNotificationConfiguration
        GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketReplication
        GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetObject
        GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold
        GetObjectLockConfiguration GetObjectRetention GetObjectTagging GetObjectTorrent
        GetPublicAccessBlock HeadBucket HeadObject ListBucketAnalyticsConfigurations
        ListBucketIntelligentTieringConfigurations ListBucketInventoryConfigurations
        ListBucketMetricsConfigurations ListBuckets ListDirectoryBuckets ListMultipartUploads
        ListObjectAnnotations ListObjectVersions ListObjects ListObjectsV2 ListParts
        PutBucketAbac PutBucketAccelerateConfiguration PutBucketAcl
        PutBucketAnalyticsConfiguration PutBucketCors PutBucketEncryption
        PutBucketIntelligentTieringConfiguration PutBucketInventoryConfiguration
        PutBucketLifecycle PutBucketLifecycleConfiguration PutBucketLogging
        PutBucketMetricsConfiguration PutBucketNotification PutBucketNotificationConfiguration
        PutBucketOwnershipControls PutBucketPolicy PutBucketReplication PutBucketRequestPayment
        PutBucketTagging PutBucketVersioning PutBucketWebsite PutObject PutObjectAcl
        PutObjectAnnotation PutObjectLegalHold PutObjectLockConfiguration PutObjectRetention
        PutObjectTagging PutPublicAccessBlock RenameObject RestoreObject SelectObjectContent
        UpdateBucketMetadataAnnotationTableConfiguration
        UpdateBucketMetadataInventoryTableConfiguration
        UpdateBucketMetadataJournalTableConfiguration UpdateObjectEncryption UploadPart
        UploadPartCopy WriteGetObjectResponse;
    sqs: "aws/sqs", aws,
        AddPermission CancelMessageMoveTask ChangeMessageVisibility ChangeMessageVisibilityBatch
        CreateQueue DeleteMessage DeleteMessageBatch DeleteQueue GetQueueAttributes GetQueueUrl
        ListDeadLetterSourceQueues ListMessageMoveTasks ListQueueTags ListQueues PurgeQueue
        ReceiveMessage RemovePermission SendMessage SendMessageBatch SetQueueAttributes
        StartMessageMoveTask TagQueue UntagQueue;
    sts: "aws/sts", aws,
        AssumeRole AssumeRoleWithSaml AssumeRoleWithWebIdentity AssumeRoot
        DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken
        GetFederationToken GetSessionToken GetWebIdentityToken;
    livestation: "ncp/livestation", ncp,
        ListChannels ListChannelEvents;
}
