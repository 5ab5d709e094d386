"""What fields for personal data are called."""

from sessionward.audit.explore.lexicon import concept

PHONE = concept(
    "phone",
    """
    en: phone, telephone, mobile, cell, phone number, mobile number, ~phone, ~mobile, tel
    de: telefon, telefonnummer, handy, mobilnummer, rufnummer; fr: téléphone, portable, mobile
    es: teléfono, móvil, celular; pt: telefone, telemóvel, celular; it: telefono, cellulare
    nl: telefoon, telefoonnummer, mobiel; sv: telefon, mobil; da: telefon, mobil; no: telefon, mobil
    fi: puhelin, puhelinnumero; pl: telefon, numer telefonu; cs: telefon, mobil; sk: telefón
    hu: telefon, telefonszám; ro: telefon; hr: telefon; sl: telefon; bg: телефон; el: τηλέφωνο, κινητό
    ru: телефон; uk: телефон; tr: telefon, cep telefonu; ar: الهاتف, رقم الهاتف, الجوال; he: טלפון, נייד
    fa: تلفن, موبایل, شماره تماس; hi: फ़ोन, मोबाइल; th: โทรศัพท์, มือถือ; vi: điện thoại; id: telepon, ponsel
    zh: 电话, 手机, 電話, 手機, 联系电话; ja: 電話, 携帯, 電話番号; ko: 전화, 휴대폰, 연락처
    """,
)

STREET = concept(
    "street address",
    """
    en: address, street, street address, home address, mailing address, address line, postal address
    en: residence, ~street, ~address1, ~addressline, ~homeaddress
    de: adresse, straße, anschrift, wohnadresse, hausnummer; fr: adresse, rue, adresse postale, domicile
    es: dirección, calle, domicilio; pt: endereço, morada, rua; it: indirizzo, via; nl: adres, straat
    sv: adress, gata, gatuadress; da: adresse, gade, vej; no: adresse, gate; fi: osoite, katuosoite
    pl: adres, ulica; cs: adresa, ulice; sk: adresa, ulica; hu: cím, lakcím, utca; ro: adresă, adresa, stradă
    hr: adresa, ulica; sl: naslov, ulica; bg: адрес, улица; el: διεύθυνση, οδός; ru: адрес, улица
    uk: адреса, вулиця; tr: adres, sokak, cadde; ar: العنوان, الشارع; he: כתובת, רחוב; fa: آدرس, نشانی, خیابان
    hi: पता, सड़क; th: ที่อยู่, ถนน; vi: địa chỉ, đường; id: alamat, jalan; zh: 地址, 住址, 街道
    ja: 住所, 番地; ko: 주소, 도로명
    """,
)

BIRTH = concept(
    "birth date",
    """
    en: birth, birthday, date of birth, birth date, dob, born, ~birth, ~dob
    de: geburtsdatum, geburtstag, geboren; fr: naissance, date de naissance, anniversaire
    es: nacimiento, fecha de nacimiento, cumpleaños; pt: nascimento, data de nascimento, aniversário
    it: nascita, data di nascita, compleanno; nl: geboortedatum, geboren; sv: födelsedatum, födelsedag
    da: fødselsdato, fødselsdag; no: fødselsdato, fødselsdag; fi: syntymäaika, syntymäpäivä
    pl: data urodzenia, urodziny; cs: datum narození, narozeniny; sk: dátum narodenia
    hu: születési dátum, születésnap; ro: data nașterii, naștere; hr: datum rođenja
    el: ημερομηνία γέννησης, γέννηση; ru: дата рождения, рождения, день рождения; uk: дата народження
    bg: дата на раждане; tr: doğum tarihi, doğum günü; ar: تاريخ الميلاد, الميلاد; he: תאריך לידה, לידה
    fa: تاریخ تولد, تولد; hi: जन्म तिथि, जन्मदिन; th: วันเกิด; vi: ngày sinh, sinh nhật; id: tanggal lahir
    zh: 出生日期, 生日; ja: 生年月日, 誕生日; ko: 생년월일, 생일
    """,
)

INSURANCE = concept(
    "insurance and identity numbers",
    """
    en: insurance, policy number, member number, social security, ssn, national id, medicare, health card
    en: nhs number, passport, ~insurance, ~ssn, ~nationalid, ~policyno
    de: versicherung, versichertennummer, krankenkasse, ausweis
    fr: assurance, mutuelle, sécurité sociale, numéro de sécurité
    es: seguro, aseguradora, seguridad social, dni; pt: seguro, segurança social, cpf, convênio
    it: assicurazione, codice fiscale, tessera sanitaria; nl: verzekering, bsn, polisnummer
    sv: försäkring, personnummer; da: forsikring, cpr; no: forsikring, personnummer
    fi: vakuutus, henkilötunnus; pl: ubezpieczenie, pesel; cs: pojištění, pojišťovna, rodné číslo
    hu: biztosítás, taj szám; ro: asigurare, cnp; el: ασφάλεια υγείας, αμκα
    ru: страховка, страховой, полис, снилс, паспорт; uk: страхування, страховий; tr: sigorta, tc kimlik
    ar: التأمين, رقم الهوية; he: ביטוח, תעודת זהות; fa: بیمه, کد ملی; zh: 保险, 身份证, 医保, 保險
    ja: 保険, 保険証, マイナンバー; ko: 보험, 주민등록번호; vi: bảo hiểm; id: asuransi, nik; hi: बीमा, आधार
    th: ประกัน, บัตรประชาชน
    """,
)

EMERGENCY = concept(
    "emergency contact",
    """
    en: emergency, emergency contact, next of kin, guardian, caregiver, ~emergency, ~nextofkin
    de: notfall, notfallkontakt, angehörige; fr: urgence, contact d urgence, personne à prévenir
    es: emergencia, contacto de emergencia; pt: emergência, contato de emergência
    it: emergenza, contatto di emergenza; nl: noodgeval, noodcontact, contactpersoon
    sv: anhörig, nödsituation; da: pårørende; no: pårørende; fi: lähiomainen, hätäyhteys
    pl: nagły wypadek, kontakt awaryjny; cs: nouzový kontakt; hu: vészhelyzet, vészhelyzeti; ro: urgență
    el: έκτακτη ανάγκη; ru: экстренный, экстренной, родственник; uk: екстрений; tr: acil durum
    ar: الطوارئ, طوارئ; he: חירום; fa: اضطراری; zh: 紧急联系人, 紧急, 緊急; ja: 緊急連絡先, 緊急
    ko: 비상, 긴급; vi: khẩn cấp; id: darurat; hi: आपातकालीन; th: ฉุกเฉิน
    """,
)

MEDICAL = concept(
    "medical notes",
    """
    en: medical, allergy, allergies, medication, medications, diagnosis, condition, conditions, symptoms
    en: health, history, blood, notes, prescription, complaint, ~medical, ~allerg, ~medication, ~diagnos
    en: ~symptom
    de: allergie*, medikament*, diagnose, symptome, beschwerden, gesundheit, vorerkrankung*, anamnese
    fr: allergie*, médicament*, diagnostic, symptômes, santé, antécédents, traitement
    es: alergia*, medicamento*, diagnóstico, síntomas, salud, antecedentes
    pt: alergia*, medicamento*, diagnóstico, sintomas, saúde
    it: allergie, allergia, farmaci, diagnosi, sintomi, salute
    nl: allergie*, medicatie, diagnose, symptomen, gezondheid; sv: allergi*, medicin*, diagnos, symptom, hälsa
    da: allergi*, medicin, diagnose, symptomer, helbred; no: allergi*, medisin*, diagnose, symptomer, helse
    fi: allergia*, lääk*, oireet, terveys, diagnoosi; pl: alergi*, lek*, diagnoza, objawy, zdrowie
    cs: alergie, léky, diagnóza, příznaky, zdraví; hu: allergi*, gyógyszer*, diagnózis, tünetek
    ro: alergi*, medicament*, diagnostic, simptome; el: αλλεργί*, φάρμακ*, διάγνωση
    ru: аллерги*, лекарств*, диагноз, симптом*, здоровь*, жалобы; uk: алергі*, ліки, діагноз, симптом*
    tr: alerji*, ilaç*, tanı, belirti*, sağlık; ar: الحساسية, الأدوية, التشخيص, الأعراض, الصحة
    he: אלרגיות, תרופות, אבחנה, תסמינים; zh: 过敏, 药物, 诊断, 症状, 病史, 健康
    ja: アレルギー, 薬, 診断, 症状, 病歴, 健康; ko: 알레르기, 약, 진단, 증상, 병력
    """,
)

ABOUT = concept(
    "about oneself",
    """
    en: about, about me, bio, biography, description, signature, note, note to self, comment, interests
    en: hobbies, motto, title, job title, company, organization, organisation, occupation, location, city
    en: town, website, ~bio, ~aboutme, ~signature, ~location, ~occupation, ~company
    de: über mich, beschreibung, biografie, signatur, ort, stadt, beruf, firma
    fr: à propos, biographie, description, signature, ville, profession, société
    es: acerca de, biografía, descripción, firma, ciudad, profesión, empresa
    pt: sobre, biografia, descrição, assinatura, cidade, profissão, empresa
    it: biografia, città, informazioni, descrizione, firma, professione, azienda
    nl: over mij, biografie, beschrijving, handtekening, plaats, stad
    sv: om mig, beskrivning, signatur, ort, stad; da: om mig, beskrivelse, by
    no: om meg, beskrivelse, sted, by; fi: kuvaus, esittely, paikkakunta, kaupunki
    pl: o mnie, opis, podpis, miasto, miejscowość; cs: o mně, popis, podpis, město
    hu: bemutatkozás, leírás, aláírás, város; ro: despre, descriere, semnătură, oraș
    el: περιγραφή, βιογραφικό, πόλη, υπογραφή; ru: о себе, описание, подпись, город, должность, компания
    uk: про себе, опис, підпис, місто; tr: hakkımda, açıklama, imza, şehir
    ar: نبذة, وصف, توقيع, المدينة, الوظيفة; he: אודות, תיאור, חתימה, עיר, תפקיד
    zh: 简介, 个人简介, 描述, 签名, 城市, 职位, 公司; ja: 自己紹介, 説明, 署名, 市区町村, 会社, 職業
    ko: 소개, 자기소개, 설명, 서명, 도시, 회사
    """,
)

PERSON = concept(
    "a person's name",
    """
    en: name, full name, real name, display name, first name, last name, surname, family name, given name
    en: nickname, middle name, ~fullname, ~firstname, ~lastname, ~displayname, ~nickname, ~realname
    de: name, vorname, nachname, familienname, anzeigename, vollständiger name
    fr: nom, prénom, nom complet, pseudo; es: nombre, apellido, apellidos, nombre completo
    pt: nome, sobrenome, apelido, nome completo; it: nome, cognome, nome completo
    nl: naam, voornaam, achternaam; sv: namn, förnamn, efternamn; da: navn, fornavn, efternavn
    no: navn, fornavn, etternavn; fi: nimi, etunimi, sukunimi; pl: imię, nazwisko; cs: jméno, příjmení
    sk: meno, priezvisko; hu: név, vezetéknév, keresztnév, teljes név; ro: nume, prenume; hr: ime, prezime
    bg: име, фамилия; el: όνομα, επώνυμο, ονοματεπώνυμο; ru: имя, фамилия, отчество, фио; uk: ім я, прізвище
    tr: ad, isim, soyad, ad soyad; ar: الاسم, الاسم الكامل, اسم العائلة; he: שם, שם פרטי, שם משפחה, שם מלא
    fa: نام, نام خانوادگی; hi: नाम, पूरा नाम; th: ชื่อ, นามสกุล; vi: tên, họ tên, họ; id: nama, nama lengkap
    zh: 姓名, 名字, 昵称, 姓, 名; ja: 氏名, 名前, 姓, 名, お名前; ko: 이름, 성명, 성
    """,
)
