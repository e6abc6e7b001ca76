//! Every mistake that Typefoundry knows, by its stable code.
//!
//! A code is never used for anything else again, even when its check is gone. The hundreds group
//! them: `TF01` form, `TF02` shapes, `TF03` bindings, `TF04` pages and examples, `TF05` names in
//! Rust, `TF06` overlays, `TF07` rules of endpoints.

use super::Severity;

/// A kind of mistake.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable code, such as `TF0103`.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The mistake in a few words.
    pub title: &'static str,
    /// What it means, why it is a mistake and what to do.
    pub explanation: &'static str,
}

/// The code of that name, such as `TF0103`; letter case does not matter.
pub fn explain(id: &str) -> Option<&'static Code> {
    CATALOG.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
}

macro_rules! catalog {
    ($($name:ident = $id:literal $severity:ident $title:literal: $explanation:literal;)*) => {
        /// The codes, by name.
        pub mod codes {
            use super::{Code, Severity};
            $(
                #[doc = concat!("`", $id, "`: ", $title)]
                pub static $name: Code = Code {
                    id: $id,
                    severity: Severity::$severity,
                    title: $title,
                    explanation: $explanation,
                };
            )*
        }

        /// All codes, in order.
        pub static CATALOG: &[&Code] = &[$(&codes::$name),*];
    };
}

catalog! {
    BROKEN_JSON = "TF0101" Error "the file is not JSON":
        "A spec is one JSON object. Comments, trailing commas and single quotes are not JSON. The mark stands where the reader gave up, often just behind the mistake.";
    DUPLICATE_KEY = "TF0102" Error "a key stands twice":
        "JSON parsers disagree about which of two equal keys counts, so a spec may hold each key once. Remove or rename one of them; in an enum or a map of shapes it is often a copy that was never edited.";
    UNKNOWN_KEY = "TF0103" Error "an unknown key":
        "The format has no such key here. Unknown keys are refused rather than ignored, since a misspelt key that does nothing is the hardest mistake to find. `specs/typefoundry.schema.json` lists every key, and editors complete from it.";
    WRONG_TYPE = "TF0104" Error "a value of the wrong JSON type":
        "The key takes another kind of JSON value. Numbers and booleans are written without quotes.";
    MISSING_KEY = "TF0105" Error "a required key is missing":
        "The object needs this key to mean anything.";
    UNKNOWN_CHOICE = "TF0106" Error "a value that is not among the choices":
        "The key takes one of a few words, which the message lists.";
    MALFORMED_HTTP = "TF0107" Error "a malformed `http` line":
        "An operation's `http` is a method in capitals, one space and a path that starts with a slash, such as `GET /domains/{DomainName}`. Labels stand in braces, are whole path segments, and a greedy one is written `{Key+}`; a constant query may follow a question mark.";
    MALFORMED_ID = "TF0108" Error "a malformed service id":
        "A service's id is `provider/service`, each part lower-case letters, digits and hyphens, starting with a letter. It names the generated module (`aws/ivs-realtime` becomes `aws::ivs_realtime`) and the words of the command line.";
    UNKNOWN_VERSION = "TF0109" Error "an unknown format version":
        "`typefoundry` names the version of the spec format. This release reads version \"1\". A newer spec needs a newer release.";
    SHAPE_KIND = "TF0110" Error "a shape with no kind, or with several":
        "A shape has exactly one of the keys `type`, `enum`, `structure`, `union`, `list` and `map`.";
    BAD_LIMITS = "TF0111" Error "limits that nothing can meet":
        "The lower limit of a `length` or `range` may not be above the upper one, and a length is a whole number of at least zero. The limits of an integer are whole numbers of 32 bits, those of a long of 64.";
    BAD_NAME = "TF0112" Error "an unusable name":
        "Names of operations, shapes, members and enum values, and names on the wire, must not be empty or hold invisible characters: controls, zero-width characters and marks that change the direction of text, which show a reader another name than a program sees. Names of operations, shapes and members hold at least one letter, since a Rust name is made of them.";
    MISPLACED_KEY = "TF0113" Error "a key that does not belong to this kind":
        "Some keys are for one kind of shape or member only: `pattern` for strings, `range` for numbers, `format` for timestamps, `length` for strings, blobs, lists and maps, `error` for structures, `wire` and `nullable` for members of a body. A key that does nothing is refused, since it would be believed to do something.";
    DEEP_JSON = "TF0114" Error "JSON nested too deeply":
        "Specs nest a handful of levels. One that is nested more than 128 levels deep is not read, to keep the reader's stack safe.";
    BAD_STATUS = "TF0115" Error "not an HTTP status":
        "The `status` of an operation is the one that it succeeds with, from 200 to 399; that of an error is from 300 to 599. Leave it out where any success will do, or where the error comes with several.";
    BAD_PATTERN = "TF0116" Warning "a pattern that is no regular expression":
        "Patterns are regular expressions in the service's language, so that only what none can read is found: brackets that are not closed, and signs that repeat nothing. Such a pattern is documentation that misleads, and the mock takes any text in its place.";

    DANGLING_SHAPE = "TF0201" Error "a reference to a shape that does not exist":
        "A member, list, map or error names a shape that the file does not define and that is no base type (string, integer, long, float, double, boolean, timestamp, blob, document). Names are case-sensitive.";
    UNUSED_SHAPE = "TF0202" Warning "a shape that nothing uses":
        "No operation reaches this shape, so nothing is generated for it. Remove it, or use it. A spec without operations keeps all its shapes.";
    NOT_AN_ERROR = "TF0203" Error "an error that is not an error structure":
        "An operation's `errors` name structures that have the key `error`, which says their status, code and so on.";
    ENDLESS_STRUCTURE = "TF0204" Error "a structure that requires itself":
        "A structure whose required members lead back to it has no finite value. Make one member of the circle optional, or put a list or a map in between.";
    EMPTY_CHOICE = "TF0205" Error "an enum or a union without alternatives":
        "An enum needs at least one value and a union at least one member.";
    MAP_KEY = "TF0206" Error "a map whose keys are not strings":
        "A map's `key` is a string or an enum: that is all that JSON objects and URLs can carry.";
    SAME_ERROR_CODE = "TF0207" Error "two errors with the same code":
        "A response names its error by a code. If two structures claim the same code, the first would always win.";
    UNKNOWN_ERROR_MEMBER = "TF0208" Error "an error trait names a member that does not exist":
        "`message` and `has` in an `error` name members of the structure.";
    REPEATED_ERROR = "TF0209" Warning "an error named twice":
        "An operation's `errors` name the same structure twice. One of them does nothing, or another one was meant.";
    ENDLESS_LIST = "TF0210" Error "a list or map of nothing but lists and maps":
        "A list or map that leads back to itself, through lists and maps alone, has no type in Rust. Put a structure or a union in between. More than 16 lists and maps inside of each other are refused as well.";

    LABEL_WITHOUT_MEMBER = "TF0301" Error "a URI label without a member":
        "Every label in an operation's path is filled by an input member of the same name that is marked `\"label\": true`.";
    MEMBER_WITHOUT_LABEL = "TF0302" Error "a label member that the URI does not name":
        "A member marked `\"label\": true` fills the label of its name in the path, and the path has no such label.";
    BOUND_TWICE = "TF0303" Error "a member bound twice":
        "A member goes to one place only: the URI (`label`), the query (`query`), a header (`header`, `headerPrefix`), the whole body (`payload`), the status (`statusCode`) or, with none of these, a member of the body.";
    OPTIONAL_LABEL = "TF0304" Error "a label that is not required":
        "Without its labels a path cannot be made, so a label's member must be `\"required\": true`.";
    BAD_BINDING_TARGET = "TF0305" Error "a binding that cannot carry its type":
        "A label carries a single value: a string, an enum, a number, a boolean or a timestamp. A header carries one or a list of them; a query also a map of either, each entry of which is a parameter; a header prefix a map of strings; a payload a structure, a union, a document, a string, an enum or a blob; a status code is a whole number.";
    PAYLOAD_NOT_ALONE = "TF0306" Error "a payload beside body members":
        "A member with `\"payload\": true` is the whole body, so there can be only one, and every other member must be bound elsewhere.";
    SAME_WIRE_NAME = "TF0307" Error "two members with one name on the wire":
        "Two members of a structure would be written under the same name in the body, query or headers, and one would swallow the other.";
    NESTED_BINDING = "TF0308" Error "an HTTP binding below the top level":
        "Only the members of an operation's input and output and of an error are bound to parts of a message. A structure inside them is part of a body.";
    WRONG_DIRECTION = "TF0309" Error "a binding on the wrong side":
        "Labels and queries belong to requests, status codes to responses.";
    UNKNOWN_AUTH = "TF0310" Error "an unknown or incomplete auth scheme":
        "The schemes are `sigv4` (with `name`, the signing name), `ncp-v2`, `bearer`, `api-key` (with `header`) and `none`.";
    BAD_ENDPOINT = "TF0311" Error "an endpoint that is not a URL":
        "An endpoint's `url` starts with https:// or http://, has a host and holds no variable but `{region}`; it has neither query nor fragment.";
    BAD_HEADER = "TF0312" Error "not a header name or value":
        "Header names are letters, digits, hyphens, underscores and a few signs; values are printable, and hold no variable but `{region}`. Headers that the transport or the signer sets itself (host, content-length, authorization, …) are not for specs.";
    NO_PROTOCOL = "TF0313" Error "operations without protocol or endpoint":
        "A spec with operations says which `protocol` they speak and at which `endpoint`. One that only describes data has neither.";
    BODY_ON_GET = "TF0314" Warning "a body on a GET":
        "Many servers and proxies drop the body of a GET or HEAD. Bind the member to the query or a header unless the service is documented to read it.";
    SAME_ROUTE = "TF0315" Warning "two operations with the same method and path":
        "A server could not tell them apart, and neither can the mock. Names of labels tell nothing apart: `/a/{x}` and `/a/{y}` are the same path. A required `query` or `header` that only one of them has does.";
    BAD_ENVELOPE = "TF0316" Error "an envelope that is not a JSON pointer":
        "The `envelope` of a service's `errors` is a JSON pointer (RFC 6901) to the object that holds an error's members: empty for the body itself, `/error` for its member `error`. In a pointer, `~0` stands for a tilde and `~1` for a slash.";
    TOKEN_TYPE = "TF0317" Error "an idempotency token that is not text":
        "The client makes the token up as text, so its member is a string.";
    HOST_LABEL = "TF0318" Error "a host label without its other half":
        "Every label in an operation's `hostPrefix` is filled by a required input member of the same name that is marked `\"hostLabel\": true`, and every such member has its label. The member is a string, since it becomes part of a host name.";
    STREAM_PLACE = "TF0319" Error "a stream that is not the body":
        "A blob that is `streaming` and a union that is an `eventStream` are the whole body of a message, so only one member of an operation's input or output can target it; a streaming blob with `\"payload\": true`.";
    CHECKSUM_MEMBER = "TF0320" Error "a checksum by a member that does not exist":
        "`algorithm` and `mode` of a `checksum` name members of the operation's input.";
    XML_TRAIT = "TF0321" Error "a trait that its type cannot have":
        "`flattened` is for lists and maps, `attribute` for single values, `jsonText` for documents and strings, `endpointDiscoveryId` for strings.";
    EVENT_FORM = "TF0322" Error "an event that no message can carry":
        "Each member of an `eventStream` is an event, which is a structure. Of its members, those with `eventHeader` are headers of the message: texts, blobs, whole numbers, booleans and timestamps. One with `eventPayload` is the whole payload: a structure, a union, a document, a text or a blob; then all others are headers.";
    UNKNOWN_TRAIT = "TF0323" Warning "a trait that nothing carries out":
        "`traits` of a service or an operation name what the runtime does for it besides its protocol, with an argument behind a colon where there is one: `default-input:accountId=-`. One of another name does nothing.";

    PAGE_MEMBER = "TF0401" Error "paging by a member that does not exist":
        "`pages` names members of the operation's input and output: `token` one of each, `size`, `number` of the input, `items`, `total`, `more`, `others` and `first` of the output, where a path may lead through structures: `DistributionList.Items`.";
    PAGE_TYPE = "TF0402" Error "paging by a member of the wrong type":
        "`items` is a list, a map or text, `number` and `total` are whole numbers, `size` is one or a string of digits, `more` is true or false, and the two tokens are of the same kind. `others` are lists, maps, texts or numbers, of which each page has a part.";
    UNPAGED_TOKEN = "TF0403" Warning "a page token that nobody follows":
        "The operation takes a token and returns one, but has no `pages`, so callers must page by hand.";
    PAGE_FORM = "TF0404" Error "paging that is neither by token nor by number":
        "`pages` has either `token`, a pair of member names, or `number`, the member that counts pages.";
    EXAMPLE_MEMBER = "TF0405" Error "an example with an unknown member":
        "An example is written in model form: the keys are the names of the members, whatever their names on the wire.";
    EXAMPLE_TYPE = "TF0406" Error "an example value of the wrong type":
        "Strings, numbers, lists and so on must be what the shape says; timestamps are RFC 3339 text, blobs base64 text.";
    EXAMPLE_MISSING = "TF0407" Error "an example without a required member":
        "Examples answer for the mock and are tests of the spec, so they must be complete.";
    EXAMPLE_ENUM = "TF0408" Error "an example with a value that the enum does not have":
        "Clients accept values that an enum does not list, but an example that uses one is a typing mistake or a value to add.";
    EXAMPLE_LIMITS = "TF0409" Warning "an example outside the shape's limits":
        "The value is shorter, longer, smaller or larger than the shape allows.";
    EXAMPLE_ERROR = "TF0410" Error "an example of an error that the operation does not have":
        "The example's `error` names a shape that is not among the operation's `errors`.";
    EXAMPLE_OUTCOME = "TF0411" Error "an example with both an output and an error":
        "A call ends in one of them. Write two examples.";
    BAD_DEFAULT = "TF0412" Error "a default that does not fit its type":
        "`default` documents what the service assumes when the member is absent, as a JSON value of the member's type.";
    WAITER = "TF0413" Error "a waiter that cannot wait":
        "A waiter calls an operation of the spec at least once, with a pause of at least a second, and each of its acceptors compares something: `path`, `pathAll` and `pathAny` need the `path` and a text, true or false, `status` a number, `error` a code or whether there is one.";
    PAGE_PATH = "TF0414" Error "a path that pagers cannot follow":
        "What pages go by in an output is a member's name, or a path of names with dots between. A path may take an element of a list, `[0]` or `[-1]`, and a token may be the first of several alternatives that is there: `NextMarker || Contents[-1].Key`. The rest of JMESPath is not for pages.";
    WAITER_PATH = "TF0415" Error "a path of a waiter that finds nothing":
        "The `path` of an acceptor is a JMESPath expression about the output, or with `inputOutput` about an object of `input` and `output`. It names members that are there, takes elements of lists alone, and finds what `expected` may be: a text, true or false, or with `pathAll` and `pathAny` a list of them. Slices, objects that are put together, functions that sort or map, and literals that are arrays or objects are not for specs.";
    WAITER_ERROR = "TF0416" Warning "an error that the operation does not list":
        "An acceptor waits for an error of a code that none of the errors has that the operation lists. It may be a slip, or the list may lack one.";
    WAITER_VALUE = "TF0417" Warning "a value that the enum does not have":
        "An acceptor compares an enum with a value that it does not list. Enums are open, so it may come, but it is likely a slip.";
    REQUIRED_DEFAULT = "TF0418" Warning "a default of what is required":
        "`default` says what the service assumes where a member is absent, and a member of a request that is `required` never is: callers have to give it. One of the two is likely wrong. Of what a service answers with, nothing is said.";

    NAME_COLLISION = "TF0501" Error "two names that are one in Rust":
        "Rust names are made by rule (`stageArn` becomes `stage_arn`, `B_FRAME_PRESENT` becomes `BFramePresent`), and two names of one place came out equal. They are not told apart by a number, since that would change when the spec changes. Rename one of them: an operation and a member keep their names in messages with `wire`, a shape's is in no message but as an error's code, which `error` can say. Of an enum's values leave one out: clients keep values that the enum does not list.";
    SETTER_RENAMED = "TF0502" Note "a setter renamed":
        "A call's own methods (`send`, `build`, `items`, `pages`, `customize`) come first; the setter of a member of that name is called `with_…`. The field keeps its name.";
    SHAPE_RENAMED = "TF0503" Note "a type renamed":
        "A type would hide a name that Rust code relies on (`Option`, `Result`, `String`, …) or one of the client's own (`Client`, `Error`, an operation), so `Shape` is put behind it.";

    OVERLAY_TARGET = "TF0601" Error "an overlay of something that is not there":
        "An overlay speaks of an operation, shape, member, value or waiter that the spec does not have. The source may have renamed or dropped it. What an overlay brings along itself is listed in its `adds`, as a JSON pointer such as `/shapes/Note/structure/colour`.";
    OVERLAY_IDENTITY = "TF0602" Error "an overlay of another service":
        "An overlay may repeat the id of its service, as a safeguard, but not change it: it belongs to the spec that it lies beside.";
    OVERLAY_REMOVES = "TF0603" Error "an overlay that removes nothing":
        "In an overlay, `null` removes what the spec says. There is nothing of that name any more, so the entry can go.";
    OVERLAY_ADDS = "TF0604" Error "a wrong entry in `adds`":
        "`adds` lists, as JSON pointers, what an overlay brings along and the spec does not have: each must stand in the overlay, and must not stand in the spec. When the source has caught up, the overlay no longer needs to add it.";
    OVERLAY_REPEATS = "TF0605" Warning "an overlay that repeats the spec":
        "The overlay says what the spec says without it. Often it is a correction that the source has taken over: remove it, so that the next change of the source is seen.";
    OVERLAY_EMPTY = "TF0606" Warning "an overlay that says nothing":
        "The overlay neither adds, changes nor removes anything.";

    RULES_TEMPLATE = "TF0701" Error "a template of rules that is none":
        "An endpoint's `rules` may name a template that the runtime has, with the part of the host name that is the service's: {\"template\": \"standard\", \"host\": \"ivs\"}. The templates are `standard`, `govcloud`, `dual-stack`, `govcloud-regions`, `dual-stack-global` and `dual-stack-first`. The host is letters, digits, hyphens and dots.";
    RULES_FORM = "TF0702" Error "rules of another form":
        "A rule set has `parameters` and `rules`. A rule has `conditions`, which may be left out, and leads to one thing: an `endpoint` with its `url`, an `error`, or more `rules`. A condition asks a function, {\"fn\": …, \"argv\": […]}, and may `assign` what it gives to a name. The form is that of https://smithy.io/2.0/additional-specs/rules-engine/specification.html.";
    RULES_NAME = "TF0703" Error "a name that rules do not know":
        "A `ref`, and a name in the braces of a text, is a parameter, or was assigned by a condition before: of the same rule, or of one around it. What one rule assigns is not known in the next. An attribute, as in `{PartitionResult#dnsSuffix}`, is one that the value has: partitions have `name`, `dnsSuffix`, `dualStackDnsSuffix`, `implicitGlobalRegion`, `supportsFIPS` and `supportsDualStack`, ARNs `partition`, `service`, `region`, `accountId` and `resourceId`, URLs `scheme`, `authority`, `path`, `normalizedPath` and `isIp`.";
    RULES_FUNCTION = "TF0704" Error "a function that rules cannot ask so":
        "Rules ask the functions `isSet`, `not`, `booleanEquals`, `stringEquals`, `getAttr`, `substring`, `parseURL`, `isValidHostLabel`, `uriEncode`, `coalesce`, `ite`, `split`, `aws.partition`, `aws.parseArn` and `aws.isVirtualHostableS3Bucket`. Each takes as many arguments, and of such types, as its documentation says: https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html and https://smithy.io/2.0/aws/rules-engine/library-functions.html.";
    RULES_TEXT = "TF0705" Error "a text of rules that cannot be filled in":
        "In a text, names stand in braces: `https://ivs.{Region}.{PartitionResult#dnsSuffix}`. Each brace has its other half, and what the name finds is a text, or true or false. `{{` and `}}` are braces of the text itself.";
    RULES_PARAMETER = "TF0706" Error "a parameter of rules that cannot have a value":
        "A parameter's `type` is `string`, `boolean` or `stringArray`, and its `default` is a value of that type. `builtIn` names the setting of the client that the parameter stands for, such as `AWS::Region`, and is of its type.";
    RULES_UNREACHED = "TF0707" Warning "a rule that is never reached":
        "Rules are tried in order, and the first whose conditions hold leads to the endpoint. Behind one without conditions, no other is ever tried.";
    ENDPOINT_PARAM = "TF0708" Error "a parameter that the endpoint's rules do not take":
        "`endpointParams` of an operation and `endpointParam` of a member give values to parameters that the endpoint's rules declare, by name. A value has the parameter's type, and a `path` finds one: it names members of the input with dots between, takes the elements of lists (`[*]`, `[]`), several members (`[a, b]`) or the `keys(…)` of a map. What the rules do not declare they never look at.";
}
