// SPDX-License-Identifier: EUPL-1.2
//! Published test vectors: RFC 7515 appendices A.2 and A.3, RFC 7516 appendix A.1, RFC 7518 appendices B.1 and B.3,
//! RFC 7638 section 3.1; and nested tokens made with the Python package jwcrypto, an implementation of its own.

use rsa::{BoxedUint, PrivateKey};

use super::decode;

/// Bytes from hexadecimal.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn number(text: &str) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(&decode(text).unwrap())
}

/// The private key of RFC 7515 A.2.
pub(crate) fn a2_key() -> PrivateKey {
    let primes = vec![number(A2_P), number(A2_Q)];
    PrivateKey::from_components(number(A2_N), number(A2_E), number(A2_D), primes).unwrap()
}

/// The private key of RFC 7516 A.1.
pub(crate) fn a1_key() -> PrivateKey {
    let primes = vec![number(A1_P), number(A1_Q)];
    PrivateKey::from_components(number(A1_N), number("AQAB"), number(A1_D), primes).unwrap()
}

pub(crate) const A2_N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
pub(crate) const A2_E: &str = "AQAB";
pub(crate) const A2_D: &str = "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ";
pub(crate) const A2_P: &str = "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc";
pub(crate) const A2_Q: &str = "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc";
pub(crate) const A2_JWS: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
pub(crate) const A3_X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
pub(crate) const A3_Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
pub(crate) const A3_JWS: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
pub(crate) const A1_N: &str = "oahUIoWw0K0usKNuOR6H4wkf4oBUXHTxRvgb48E-BVvxkeDNjbC4he8rUWcJoZmds2h7M70imEVhRU5djINXtqllXI4DFqcI1DgjT9LewND8MW2Krf3Spsk_ZkoFnilakGygTwpZ3uesH-PFABNIUYpOiN15dsQRkgr0vEhxN92i2asbOenSZeyaxziK72UwxrrKoExv6kc5twXTq4h-QChLOln0_mtUZwfsRaMStPs6mS6XrgxnxbWhojf663tuEQueGC-FCMfra36C9knDFGzKsNa7LZK2djYgyD3JR_MB_4NUJW_TqOQtwHYbxevoJArm-L5StowjzGy-_bq6Gw";
pub(crate) const A1_D: &str = "kLdtIj6GbDks_ApCSTYQtelcNttlKiOyPzMrXHeI-yk1F7-kpDxY4-WY5NWV5KntaEeXS1j82E375xxhWMHXyvjYecPT9fpwR_M9gV8n9Hrh2anTpTD93Dt62ypW3yDsJzBnTnrYu1iwWRgBKrEYY46qAZIrA2xAwnm2X7uGR1hghkqDp0Vqj3kbSCz1XyfCs6_LehBwtxHIyh8Ripy40p24moOAbgxVw3rxT_vlt3UVe4WO3JkJOzlpUf-KTVI2Ptgm-dARxTEtE-id-4OJr0h-K-VFs3VSndVTIznSxfyrj8ILL6MG_Uv8YAu7VILSB3lOW085-4qE3DzgrTjgyQ";
pub(crate) const A1_P: &str = "1r52Xk46c-LsfB5P442p7atdPUrxQSy4mti_tZI3Mgf2EuFVbUoDBvaRQ-SWxkbkmoEzL7JXroSBjSrK3YIQgYdMgyAEPTPjXv_hI2_1eTSPVZfzL0lffNn03IXqWF5MDFuoUYE0hzb2vhrlN_rKrbfDIwUbTrjjgieRbwC6Cl0";
pub(crate) const A1_Q: &str = "wLb35x7hmQWZsWJmB_vle87ihgZ19S8lBEROLIsZG4ayZVe9Hi9gDVCOBmUDdaDYVTSNx_8Fyw1YYa9XGrGnDew00J28cRUoeBB_jKI1oma0Orv1T9aXIWxKwd4gvxFImOWr3QRL9KEBRzk2RatUBnmDZJTIAfwTs0g68UZHvtc";
pub(crate) const A1_ENCRYPTED_KEY: &str = "OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9jwQRb23nfa6c9d-StnImGyFDbSv04uVuxIp5Zms1gNxKKK2Da14B8S4rzVRltdYwam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322i-vDxRfqNzo_tETKzpVLzfiwQyeyPGLBIO56YJ7eObdv0je81860ppamavo35UgoRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWTIy3brGPi6UklfCpIMfIjf7iGdXKHzg";
pub(crate) const A1_CONTENT_KEY: [u8; 32] = [
    177, 161, 244, 128, 84, 143, 225, 115, 63, 180, 3, 255, 107, 154, 212, 246, 138, 7, 110, 91,
    112, 46, 34, 105, 47, 130, 203, 46, 122, 234, 64, 252,
];
pub(crate) const RFC7638_N: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
pub(crate) const B_IV: &str = "1af38c2dc2b96ffdd86694092341bc04";
pub(crate) const B_AAD: &[u8] = b"The second principle of Auguste Kerckhoffs";
pub(crate) const B_PLAIN: &[u8] = b"A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience";
pub(crate) const B1_TEXT: &str = "c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9a94ac9b47ad2655c5f10f9aef71427e2fc6f9b3f399a221489f16362c703233609d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade54b8851ffb598f7f80074b9473c82e2db";
pub(crate) const B1_TAG: &str = "652c3fa36b0a7c5b3219fab3a30bc1c4";
pub(crate) const B3_TEXT: &str = "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f077553df829410446b36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950bbe2638d09dd7a4930930806d0703b1f6";
pub(crate) const B3_TAG: &str = "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5";
pub(crate) const JWE_OAEP_A128: &str = "eyJhbGciOiAiUlNBLU9BRVAiLCAiZW5jIjogIkExMjhDQkMtSFMyNTYiLCAia2lkIjogImEyIiwgImN0eSI6ICJKV1QifQ.CIXYEJuKy8va3T-PAjWYJL9iPjYUdTlL2F-wNI4Vjp-28yQTMg__DFdZAPBo8ux9fxW6IZTatbES0mDmmfmS0MWwCIkH8VyPjKBrhJDVjWeusgWUq6rl3i0e7i-w41YpfOtTxtP7-voB1txsYsKxfXidG-fPrV-rcDGoOEYFgPSvWQb3qTgrMxnXgvb9dIawrtK0g3GcmGkdd1Dl-ittYFjTUcS3ThAvIa-H5BB8s2PfQAzqSuneaq7HuNd820NSLQmTGkMHo33rBiR_tBb2Wi34C-V9eBmfVtfImvhTvYNcoq39_U-ySFhW5qMC15PoglwhDN83tGx-Fl906CxAHQ.xNquIJ9CWbbt_BMyNEsIhw.7VWSrhZTxB0eBwV9EfxTwg.v0QPMa5pFx-5aGB8MCUWBA";
pub(crate) const JWE_OAEP_A256: &str = "eyJhbGciOiAiUlNBLU9BRVAiLCAiZW5jIjogIkEyNTZDQkMtSFM1MTIiLCAia2lkIjogImEyIiwgImN0eSI6ICJKV1QifQ.YK4CamaFE9DeP466fyViCnfDmmjzk3D9pCKAOGJD21spSoX3yhx-w-AjLIYgKvR2tZ-0VlcSN_IaUDz2f3xq4PDzdVw2pfW3vn7R4VwS1npLHBjVwl5xY7VdDIvCMoVQPuCt-rkTppe4E-guTyDpkgfwk1ni2-i4zdH7myOuzqVwOxGsSt9VK_nxSJzzmhEebsjQIJb5aVtF8Ppg6F6-WBTHVUHKoMW2rDudR7CBaORe5cT0pCEQD0If_y7_PA9TvG_4Pd4nMJm4jNrrsYRNnrmQlBWGiXh9wxw0hTiGlQZ1CAStUlYAUF7XCFJ0neR5UxxaiyAJEl1lmrWj8eaVkA.bh20xBJlOdg7CysIxzrfSw.bW6YS26KrXA1ctfJImvbkA.ik0FuigxJ6_JXQ0j_50-DYrYPWj2pu8GbCCyPYxnipk";
pub(crate) const JWE_OAEP256_A128: &str = "eyJhbGciOiAiUlNBLU9BRVAtMjU2IiwgImVuYyI6ICJBMTI4Q0JDLUhTMjU2IiwgImtpZCI6ICJhMiIsICJjdHkiOiAiSldUIn0.XguoolU1qAsUhV6PjwrDkok8j_ii5FWsVFnLefZtzVREru30c8DXANE7qa5n2vkqo8NbV5IinOhFNN4PdjSDypSQAe9ReFRnq7-RSElUDmFLnTlWl840HAxhOPPPu9TKSB27CCsxnvmmWAs_lU21NrT6nMiWi9igLp-b7eEbVSEz0ufw-5W00q63kC0HucGzziiuXtrOkCMV1iCwSL2OCbXBxR_ebkRcdjZS3rZ5RvxsShmdOODGMm7twLxAHh9t2X9CAtWDHNpgMu9ho0Vkcl2P6ZEHXcgCYzYwm6FB6AMQqMjVjxt0j8Z5EUwqFibVP6DVgAdK20dHteN0AT3HUw.VQqwbwsZHy34MFrEGxokoQ.BmRs1gIbX3MiYIDVs8jOEQ.ceaWiNhNugd92GY3cGTvPg";
pub(crate) const JWE_OAEP256_A256: &str = "eyJhbGciOiAiUlNBLU9BRVAtMjU2IiwgImVuYyI6ICJBMjU2Q0JDLUhTNTEyIiwgImtpZCI6ICJhMiIsICJjdHkiOiAiSldUIn0.Qm0evpJg-7QLjZPMzzc6rq8L5gxoaLbs3I20t6bW_ArSet2NxSwfTVKw4YOu1VYSX_Pa9HfBcXN--53xkZSIbalaWWIXxTdcSeTyfz5alsntZf0fgnIt3RQ5hdePRgu7WQsbrNsqODTyTdRrMcAVmeflt-rdEwTmyo_0jSP7BcNZykA1SRffiEG_NcOkX7bGcNkz-vXxJkgdqYw5XlSOredeCqjHMPymNily2DvlmKceMXnb9rjPq9G1lDuf24iCEx2XFebKJyqYrUoFDGTSqoGSTC28leS60Qiy1yTN7yLKiCL3Ywbx-2L5tEP5Zfmmuw2l_MJAdwIhAp58mU1rpg.Er7RZfSsJOeuOTW4TfixFQ.EgejmQ1sTiRoZRcA0P4GPQ.ZS2akZ39Te5rzna15VbmYb9m2hgzWBPsmMu2q6J-YDw";
