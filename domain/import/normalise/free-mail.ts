/** Mail providers whose domain says nothing about a company, and hosts on which many companies keep a page. Data only. */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

export const FREE_MAIL = list(`
  gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.ca
  yahoo.com.br yahoo.com.ar yahoo.com.mx yahoo.com.au yahoo.com.sg yahoo.com.tr yahoo.gr yahoo.ie yahoo.in yahoo.pl yahoo.se
  ymail.com rocketmail.com myyahoo.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.in outlook.jp
  outlook.com.br outlook.co.uk hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.nl hotmail.be
  hotmail.se hotmail.ca hotmail.com.br hotmail.com.ar hotmail.com.tr live.com live.de live.fr live.nl live.be live.it live.se
  live.dk live.no live.co.uk live.ca live.com.mx live.com.au live.com.pt live.in msn.com passport.com windowslive.com
  icloud.com me.com mac.com aol.com aol.de aol.fr aol.co.uk aim.com love.com verizon.net att.net bellsouth.net sbcglobal.net
  comcast.net xfinity.com charter.net cox.net earthlink.net frontier.com frontiernet.net optonline.net optimum.net juno.com
  netzero.net windstream.net centurylink.net q.com roadrunner.com rr.com prodigy.net mindspring.com suddenlink.net
  gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.org gmx.info gmx.eu gmx.fr gmx.es gmx.co.uk gmx.us web.de mail.de email.de
  freenet.de t-online.de arcor.de online.de onlinehome.de kabelmail.de vodafone.de vodafonemail.de unitybox.de ewetel.net
  ewe.net osnanet.de netcologne.de posteo.de posteo.net posteo.org mailbox.org tutanota.com tutanota.de tuta.io tuta.com
  tutamail.com keemail.me protonmail.com protonmail.ch proton.me pm.me bluewin.ch sunrise.ch hispeed.ch aon.at chello.at
  chello.nl chello.pl a1.net inode.at orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr numericable.fr bbox.fr
  aliceadsl.fr club-internet.fr cegetel.net noos.fr voila.fr caramail.com libertysurf.fr telenet.be skynet.be proximus.be
  scarlet.be pandora.be ziggo.nl home.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl quicknet.nl upcmail.nl casema.nl zonnet.nl
  tele2.nl telfort.nl libero.it virgilio.it alice.it tin.it tiscali.it iol.it inwind.it fastwebnet.it email.it aruba.it
  supereva.it hotmail.pt sapo.pt iol.pt telepac.pt clix.pt netcabo.pt terra.es telefonica.net ono.com movistar.es ya.com
  wanadoo.es jazztel.es terra.com terra.com.br uol.com.br bol.com.br ig.com.br globo.com globomail.com r7.com oi.com.br
  zipmail.com.br btinternet.com btopenworld.com bt.com talktalk.net tiscali.co.uk sky.com virginmedia.com ntlworld.com
  blueyonder.co.uk orange.net o2.co.uk plusnet.com eircom.net iolfree.ie telia.com telia.se bredband.net comhem.se spray.se
  tele2.se swipnet.se online.no broadpark.no getmail.no tdcadsl.dk mail.dk stofanet.dk jubii.dk ofir.dk luukku.com elisanet.fi
  kolumbus.fi suomi24.fi wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm poczta.onet.pl gazeta.pl tlen.pl
  vp.pl seznam.cz email.cz centrum.cz post.cz volny.cz atlas.cz azet.sk zoznam.sk centrum.sk freemail.hu citromail.hu
  indamail.hu t-online.hu abv.bg mail.bg dir.bg otenet.gr in.gr forthnet.gr mynet.com mail.ru bk.ru inbox.ru list.ru
  internet.ru yandex.ru yandex.com ya.ru yandex.ua yandex.by rambler.ru lenta.ru ukr.net i.ua meta.ua bigmir.net mail.ua
  rediffmail.com rediff.com sify.com indiatimes.com qq.com foxmail.com 163.com 126.com 139.com 189.cn yeah.net sina.com
  sina.cn sohu.com aliyun.com tom.com 21cn.com naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp
  softbank.ne.jp nifty.com ocn.ne.jp biglobe.ne.jp hinet.net pchome.com.tw seed.net.tw singnet.com.sg starhub.net.sg
  bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au ozemail.com.au westnet.com.au xtra.co.nz clear.net.nz
  slingshot.co.nz rogers.com shaw.ca sympatico.ca bell.net telus.net videotron.ca cogeco.ca eastlink.ca mweb.co.za
  telkomsa.net vodamail.co.za walla.com walla.co.il netvision.net.il bezeqint.net zahav.net.il emirates.net.ae
  mail.com email.com usa.com europe.com consultant.com engineer.com post.com techie.com asia.com iname.com myself.com
  zoho.com zohomail.com zohomail.eu fastmail.com fastmail.fm hushmail.com inbox.com lycos.com lycos.de excite.com
  hey.com duck.com pobox.com mailinator.com guerrillamail.com yopmail.com trashmail.com 10minutemail.com tempmail.com
  sharklasers.com getnada.com dispostable.com maildrop.cc throwawaymail.com
`)

export const SHARED_HOSTS = list(`
  linkedin.com facebook.com fb.com instagram.com twitter.com x.com xing.com youtube.com tiktok.com pinterest.com
  google.com goo.gl bit.ly linktr.ee medium.com github.com crunchbase.com yelp.com wikipedia.org
  wix.com wixsite.com weebly.com squarespace.com wordpress.com blogspot.com jimdo.com jimdosite.com webflow.io
  myshopify.com etsy.com about.me carrd.co notion.site godaddysites.com
  herokuapp.com vercel.app netlify.app github.io pages.dev web.app firebaseapp.com
`)
