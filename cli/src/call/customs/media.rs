//! Options for files: what goes into a part of an input, and where parts of an answer go.
//!
//! Source: `awscli/customizations/{arguments,awslambda,binaryhoist,iamvirtmfa,iot,quicksight,rekognition,translate}.py`.

use super::{As, Change, Customs, Part, add, require};

const CODE: &str = "The zip file of the code, as fileb://PATH. Either it or --code is given.";
const LAYER: &str =
    "The zip file of the content, as fileb://PATH. Either it or --content is given.";
const IMAGE: &str = "The bytes of the image, as fileb://PATH.";
const CERTIFICATE: &str = "The file that the certificate goes to, as PEM.";

pub(super) static CUSTOMS: &[Customs] = &[
    Customs {
        service: "lambda",
        commands: &["create-function"],
        changes: &[
            add("zip-file", Part::Put("Code.ZipFile", As::Zip), CODE),
            Change::Ease("code"),
            Change::Refuse {
                member: "Code",
                part: "ZipFile",
                message: "ZipFile cannot be provided as part of the --code argument.  Please use the \
                          '--zip-file' option instead to specify a zip file.",
            },
        ],
    },
    Customs {
        service: "lambda",
        commands: &["publish-layer-version"],
        changes: &[
            add("zip-file", Part::Put("Content.ZipFile", As::Zip), LAYER),
            Change::Ease("content"),
            Change::Refuse {
                member: "Content",
                part: "ZipFile",
                message: "ZipFile cannot be provided as part of the --content argument.  Please use \
                          the '--zip-file' option instead to specify a zip file.",
            },
        ],
    },
    Customs {
        service: "lambda",
        commands: &["update-function-code"],
        changes: &[Change::Zip("ZipFile")],
    },
    Customs {
        service: "rekognition",
        commands: &["compare-faces"],
        changes: &[
            add("source-image-bytes", Part::Put("SourceImage.Bytes", As::Blob), IMAGE),
            Change::Ease("source-image"),
            add("target-image-bytes", Part::Put("TargetImage.Bytes", As::Blob), IMAGE),
            Change::Ease("target-image"),
        ],
    },
    Customs {
        service: "rekognition",
        commands: &["*"],
        changes: &[
            add("image-bytes", Part::Put("Image.Bytes", As::Blob), IMAGE),
            Change::Ease("image"),
        ],
    },
    Customs {
        service: "quicksight",
        commands: &["start-asset-bundle-import-job"],
        changes: &[
            add(
                "asset-bundle-import-source-bytes",
                Part::Put("AssetBundleImportSource.Body", As::Blob),
                "The bytes of the asset bundle, as fileb://PATH.",
            ),
            Change::Ease("asset-bundle-import-source"),
        ],
    },
    Customs {
        service: "translate",
        commands: &["import-terminology"],
        changes: &[
            require(
                "data-file",
                Part::Put("TerminologyData.File", As::Blob),
                "The bytes of the terminology, as fileb://PATH.",
            ),
            Change::Ease("terminology-data"),
            Change::Refuse {
                member: "TerminologyData",
                part: "File",
                message: "File cannot be provided as part of the '--terminology-data' argument. \
                          Please use the '--data-file' option instead to specify a file.",
            },
        ],
    },
    Customs {
        service: "translate",
        commands: &["translate-document"],
        changes: &[
            require(
                "document-content",
                Part::Put("Document.Content", As::Blob),
                "The bytes of the document, as fileb://PATH.",
            ),
            Change::Refuse {
                member: "Document",
                part: "Content",
                message: "Content cannot be provided as a part of the '--document' argument. Please \
                          use the '--document-content' option instead to specify a file.",
            },
        ],
    },
    Customs {
        service: "iam",
        commands: &["create-virtual-mfa-device"],
        changes: &[
            require(
                "outfile",
                Part::SeedFile,
                "The file that the seed of the device goes to, in place of the output.",
            ),
            require("bootstrap-method", Part::Seed, "Which seed is meant."),
        ],
    },
    Customs {
        service: "iot",
        commands: &["create-keys-and-certificate"],
        changes: &[
            add("certificate-pem-outfile", Part::Save("certificatePem"), CERTIFICATE),
            add(
                "public-key-outfile",
                Part::Save("keyPair.PublicKey"),
                "The file that the public key goes to.",
            ),
            add(
                "private-key-outfile",
                Part::Save("keyPair.PrivateKey"),
                "The file that the private key goes to.",
            ),
        ],
    },
    Customs {
        service: "iot",
        commands: &["create-certificate-from-csr"],
        changes: &[add("certificate-pem-outfile", Part::Save("certificatePem"), CERTIFICATE)],
    },
];
