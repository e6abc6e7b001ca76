//! Answers in each form: JSON, text and table are what awscli 1.x prints; YAML is what ruamel.yaml
//! writes as awscli 2.x has it set up.

/// An answer, and what it is in each form.
pub(super) struct Case {
    pub(super) of: &'static str,
    pub(super) answer: &'static str,
    pub(super) json: &'static str,
    pub(super) text: &'static str,
    pub(super) table: &'static str,
    pub(super) yaml: &'static str,
}

#[rustfmt::skip]
pub(super) const CASES: &[Case] = &[
    Case {
        of: "a list of objects",
        answer: r#"{"channels": [{"name": "b", "arn": "arn:b", "latencyMode": "LOW"}, {"name": "a", "arn": "arn:a", "authorized": true}], "NextToken": null}"#,
        json: r#"{
    "channels": [
        {
            "name": "b",
            "arn": "arn:b",
            "latencyMode": "LOW"
        },
        {
            "name": "a",
            "arn": "arn:a",
            "authorized": true
        }
    ],
    "NextToken": null
}
"#,
        text: "None\nCHANNELS\tarn:b\t\tLOW\tb\nCHANNELS\tarn:a\tTrue\t\ta\n",
        table: "--------------------------------------------------
|                  ListChannels                  |
+-----------------------------+------------------+
|  NextToken                  |  None            |
+-----------------------------+------------------+
||                   channels                   ||
|+-------+--------------+---------------+-------+|
||  arn  | authorized   |  latencyMode  | name  ||
|+-------+--------------+---------------+-------+|
||  arn:b|              |  LOW          |  b    ||
||  arn:a|  True        |               |  a    ||
|+-------+--------------+---------------+-------+|
",
        yaml: "NextToken: null
channels:
- arn: arn:b
  latencyMode: LOW
  name: b
- arn: arn:a
  authorized: true
  name: a
",
    },
    Case {
        of: "objects in objects",
        answer: r#"{"channel": {"name": "x", "tags": {"k": "v"}, "presets": ["HD", "SD"], "srt": {"endpoint": "e", "passphrase": "p"}}, "streamKey": {"arn": "a"}}"#,
        json: r#"{
    "channel": {
        "name": "x",
        "tags": {
            "k": "v"
        },
        "presets": [
            "HD",
            "SD"
        ],
        "srt": {
            "endpoint": "e",
            "passphrase": "p"
        }
    },
    "streamKey": {
        "arn": "a"
    }
}
"#,
        text: "CHANNEL\tx\nPRESETS\tHD\nPRESETS\tSD\nSRT\te\tp\nTAGS\tv\nSTREAMKEY\ta\n",
        table: "--------------------------------
|         ListChannels         |
+------------------------------+
||           channel          ||
|+----------------+-----------+|
||  name          |  x        ||
|+----------------+-----------+|
|||          presets         |||
||+--------------------------+||
|||  HD                      |||
|||  SD                      |||
||+--------------------------+||
|||            srt           |||
||+-----------+--------------+||
||| endpoint  | passphrase   |||
||+-----------+--------------+||
|||  e        |  p           |||
||+-----------+--------------+||
|||           tags           |||
||+------------+-------------+||
|||  k         |  v          |||
||+------------+-------------+||
||          streamKey         ||
|+----------------+-----------+|
||  arn           |  a        ||
|+----------------+-----------+|
",
        yaml: "channel:
  name: x
  presets:
  - HD
  - SD
  srt:
    endpoint: e
    passphrase: p
  tags:
    k: v
streamKey:
  arn: a
",
    },
    Case {
        of: "lists in lists",
        answer: r#"{"rows": [[1, 2.5], ["a", null]], "deep": [[["x"]], ["y"]]}"#,
        json: r#"{
    "rows": [
        [
            1,
            2.5
        ],
        [
            "a",
            null
        ]
    ],
    "deep": [
        [
            [
                "x"
            ]
        ],
        [
            "y"
        ]
    ]
}
"#,
        text: "DEEP\tx\nDEEP\ty\nROWS\t1\nROWS\t2.5\nROWS\ta\nROWS\tNone\n",
        table: "-----------------
| ListChannels  |
+---------------+
||    deep     ||
|+-------------+|
||  x          ||
||  y          ||
|+-------------+|
||    rows     ||
|+----+--------+|
||  1 |  2.5   ||
||  a |  None  ||
|+----+--------+|
",
        yaml: "deep:
- - - x
- - y
rows:
- - 1
  - 2.5
- - a
  - null
",
    },
    Case {
        of: "wide and ambiguous",
        answer: r#"{"items": [{"name": "채널", "note": "…"}, {"name": "é", "note": "日本語"}]}"#,
        json: r#"{
    "items": [
        {
            "name": "채널",
            "note": "…"
        },
        {
            "name": "é",
            "note": "日本語"
        }
    ]
}
"#,
        text: "ITEMS\t채널\t…\nITEMS\té\t日本語\n",
        table: "----------------------
|    ListChannels    |
+--------------------+
||       items      ||
|+-------+----------+|
|| name  |  note    ||
|+-------+----------+|
||  채널 |  …      ||
||  é   |  日本語  ||
|+-------+----------+|
",
        yaml: "items:
- name: 채널
  note: …
- name: é
  note: 日本語
",
    },
    Case {
        of: "wider than a terminal",
        answer: r#"{"items": [{"description": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "identifier": "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii", "status": "ACTIVE"}]}"#,
        json: r#"{
    "items": [
        {
            "description": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
            "identifier": "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
            "status": "ACTIVE"
        }
    ]
}
"#,
        text: "ITEMS\tdddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\tiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii\tACTIVE\n",
        table: "-----------------------------------------------------------------------------------
|                                  ListChannels                                   |
+---------------------------------------------------------------------------------+
||                                     items                                     ||
|+-------------+-----------------------------------------------------------------+|
||  description|  dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd   ||
||  identifier |  iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii                       ||
||  status     |  ACTIVE                                                         ||
|+-------------+-----------------------------------------------------------------+|
",
        yaml: "items:
- description: dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
  identifier: iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii
  status: ACTIVE
",
    },
    Case {
        of: "empty",
        answer: r#"{"channels": []}"#,
        json: r#"{
    "channels": []
}
"#,
        text: "",
        table: "--------------
|ListChannels|
+------------+
",
        yaml: "channels: []
",
    },
    Case {
        of: "numbers",
        answer: r#"{"n": [1.0, 1e+16, 1e-05, 0.1, -3, 12345678901234567890]}"#,
        json: r#"{
    "n": [
        1.0,
        1e+16,
        1e-05,
        0.1,
        -3,
        12345678901234567890
    ]
}
"#,
        text: "N\t1.0\nN\t1e+16\nN\t1e-05\nN\t0.1\nN\t-3\nN\t12345678901234567890\n",
        table: "----------------------------
|       ListChannels       |
+--------------------------+
||            n           ||
|+------------------------+|
||  1.0                   ||
||  1e+16                 ||
||  1e-05                 ||
||  0.1                   ||
||  -3                    ||
||  12345678901234567890  ||
|+------------------------+|
",
        yaml: "n:
- 1.0
- 1e+16
- 1e-05
- 0.1
- -3
- 12345678901234567890
",
    },
    Case {
        of: "texts",
        answer: r#"{"t": "tab\there \"quoted\" \\ \u0007 é\nnext", "u": ""}"#,
        json: r#"{
    "t": "tab\there \"quoted\" \\ \u0007 é\nnext",
    "u": ""
}
"#,
        text: "tab\there \"quoted\" \\ \u{7} é\nnext\t\n",
        table: "----------------------------------------\n|             ListChannels             |\n+---------------------------------+----+\n|                t                | u  |\n+---------------------------------+----+\n|  tab\there \"quoted\" \\ \u{7} é\nnext  |    |\n+---------------------------------+----+\n",
        yaml: r#"t: "tab\there \"quoted\" \\ \a é\nnext"
u: ''
"#,
    },
];
